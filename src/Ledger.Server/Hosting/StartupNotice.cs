using Ledger.Integrity.Keys;

namespace Ledger.Server.Hosting;

/// <summary>What a person who started the server wants to know, once.</summary>
internal static class StartupNotice
{
    public static string Of(LedgerServer server, ServerSettings settings)
    {
        var key = server.Store.VerifierKey;
        var lines = new List<string>
        {
            $"ledger {typeof(StartupNotice).Assembly.GetName().Version?.ToString(3)} listens on {server.Address}",
            string.Empty,
            $"  data      {server.Data.Root}",
            $"  database  {(server.Postgres is { } postgres ? $"embedded PostgreSQL {postgres.ServerVersion}" : "as configured")}",
            $"  log       {server.Store.Origin}, checkpoints signed with {LogKey.Name(key.PublicKey.Algorithm)}",
            $"  verifier  {key}",
        };
        if (settings.IsLocal)
        {
            lines.Add($"  tokens    {Path.Combine(server.Data.Tokens, "ROLE.token")}");
            lines.Add(string.Empty);
            lines.Add($"  try it    curl -H \"Authorization: Bearer $(cat {Path.Combine(server.Data.Tokens, "admin.token")})\" {server.Address}v1/log");
        }

        if (key.PublicKey.Algorithm != KeyAlgorithm.Ed25519) lines.Add($"  note      no Ed25519 here: {Ed25519Support.UnavailableReason}");
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }
}
