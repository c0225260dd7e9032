namespace Ledger.Server.Auth;

/// <summary>
/// Where a token comes from: the header <c>Authorization</c> alone (RFC 6750, section 2.1), never an address or a form, which end up in logs.
/// </summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token of the header's value; null where it is of another scheme.</summary>
    public static string? FromHeader(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
}
