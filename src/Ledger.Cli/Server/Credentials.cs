using Ledger.Domain.Actors;

namespace Ledger.Cli.Server;

/// <summary>
/// The token to use: <c>LEDGER_TOKEN</c>, else, for a ledger on this machine, that of the least powerful role that may do what is asked,
/// from <c>tokens/ROLE.token</c> in the data folder. A token is never printed.
/// </summary>
internal static class Credentials
{
    private const int MaxTokenLength = 16 * 1024;

    public static readonly Role[] Reading = [Role.Auditor, Role.Compliance, Role.Admin];
    public static readonly Role[] Reporting = [Role.Ci, Role.ReleaseManager, Role.Admin];
    public static readonly Role[] Sorting = [Role.Auditor, Role.Compliance, Role.ReleaseManager, Role.Admin];
    public static readonly Role[] Managing = [Role.ReleaseManager, Role.Admin];
    public static readonly Role[] Publishing = [Role.Compliance, Role.Admin];
    public static readonly Role[] Overseeing = [Role.Compliance, Role.Admin];
    public static readonly Role[] Signing = [Role.Signer];
    public static readonly Role[] Preparing = [Role.Signer, Role.Auditor, Role.Compliance, Role.Admin];
    public static readonly Role[] Withdrawing = [Role.Signer, Role.Compliance, Role.Admin];
    public static readonly Role[] Administering = [Role.Admin];

    /// <summary>Finds the token.</summary>
    /// <param name="here">The environment and the folders.</param>
    /// <param name="address">Where the token goes.</param>
    /// <param name="roles">The roles that may do it, least powerful first.</param>
    public static Result<string> Find(Surroundings here, ServerAddress address, IReadOnlyList<Role> roles)
    {
        if (here.Variable("LEDGER_TOKEN") is { } given)
            return IsToken(given) ? given : Failure.Usage("token_malformed", "LEDGER_TOKEN is not a token", "a token is one line that starts with ldg_, or one of an identity provider that the ledger trusts");

        if (address.IsLocal && DataFolder.Find(here) is { } data)
        {
            foreach (var role in roles)
            {
                if (ReadToken(Path.Combine(data, "tokens", $"{role.Name()}.token")) is { } token) return token;
            }
        }

        return Failure.Refused(
            "token_missing", "there is no token for this", $"set LEDGER_TOKEN to a token of the role {roles[0].Name()}; 'ledger token new' makes one");
    }

    private static string? ReadToken(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= MaxTokenLength }) return null;
            var token = File.ReadAllText(path).Trim();
            return IsToken(token) ? token : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // somebody else's: a more powerful one may be ours
        }
    }

    // Visible ASCII only: a line break in a header's value would start another header.
    private static bool IsToken(string text) => text.Length is > 0 and <= MaxTokenLength && text.All(c => c is > ' ' and < '\x7f');
}
