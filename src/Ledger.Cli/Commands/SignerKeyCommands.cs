using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger signer key</c>: the keys that a signer signs with.</summary>
internal static class SignerKeyCommands
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("key", "Add and revoke a signer's keys", Add(make), Revoke(make));

    private static Command Add(CommandFactory make)
    {
        var id = Typed.Signer();
        var file = Typed.File("The public key, in PEM or as a JWK");
        var replaces = Typed.KeyIdOption("--replaces", "The key that this one is used in place of: it ends with this");
        var options = new SignerKeyOptions(make.Here);
        return make.Recording("add", "Add a key to a signer, or put it in place of another", [id, file, replaces, .. options.Symbols], async session =>
        {
            if (!(await options.ReadAsync(session, session.Get(file)).ConfigureAwait(false)).TryGet(out var key, out var failure)) return session.Fail(failure);
            var body = new AddKeyBody(key.Body.PublicKey, key.Body.Algorithm, key.Body.NotBefore, key.Body.NotAfter, session.Get(replaces)?.ToString());
            var added = await session.RecordAsync(
                Routes.Signer(session.Get(id), "/keys"), body, ContractJson.Default.AddKeyBody, ContractJson.Default.Recorded, Credentials.Publishing).ConfigureAwait(false);
            return await session.ShowRecordedAsync(added, (screen, _) => screen.Line(
                "added the key ", new Piece(key.Id, Tone.Strong), $" to {session.Get(id)}", body.Replaces is null ? "" : $", in place of {body.Replaces}")).ConfigureAwait(false);
        });
    }

    private static Command Revoke(CommandFactory make)
    {
        var id = Typed.Signer();
        var key = Typed.KeyId();
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why" };
        return make.Recording("revoke", "Stop trusting a key; what it signed before stays as it was", [id, key, reason], async session =>
        {
            var revoked = await session.RecordAsync(
                Routes.Signer(session.Get(id), $"/keys/{Uri.EscapeDataString(session.Get(key).ToString())}/revocation"), new RevokeBody(session.Get(reason)!),
                ContractJson.Default.RevokeBody, ContractJson.Default.Recorded, Credentials.Publishing).ConfigureAwait(false);
            return await session.ShowRecordedAsync(revoked, (screen, _) =>
                screen.Line("revoked the key ", new Piece(session.Get(key).ToString(), Tone.Strong), $" of {session.Get(id)}")).ConfigureAwait(false);
        });
    }
}
