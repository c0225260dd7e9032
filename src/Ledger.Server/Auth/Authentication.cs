using Ledger.Domain.Actors;
using Ledger.Integrity;
using Ledger.Server.Auth.IdentityProviders;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Tokens;

namespace Ledger.Server.Auth;

/// <summary>Finds out who asks, and lets in whom the endpoint is for.</summary>
internal sealed class Authentication(LedgerStore store, IdentityTokens issued, TimeProvider clock)
{
    /// <summary>The problem that keeps the request out; null when it may go on, with its caller known.</summary>
    public async ValueTask<Problem?> CheckAsync(HttpContext http)
    {
        // No route, or one of routing's own answers (405, 415): there is nothing to keep anybody from.
        if (http.GetEndpoint() is not RouteEndpoint endpoint) return null;
        var access = endpoint.Metadata.GetMetadata<Access>();
        if (access is { IsPublic: true }) return null;

        var found = await IdentifyAsync(http);
        if (!found.Succeeded(out var identity, out var problem)) return problem;
        var caller = identity.Caller;
        http.SetCaller(caller);
        return access is null
            ? new Problem(StatusCodes.Status403Forbidden, "role_not_allowed", "this is for nobody")
            : Check(access, caller);
    }

    private static Problem? Check(Access access, Caller caller)
    {
        if (access.Roles is { } roles && !roles.Contains(caller.Role))
        {
            return new Problem(
                StatusCodes.Status403Forbidden, "role_not_allowed", $"the role '{caller.Role.Name()}' may not do this",
                $"use a token with one of the roles: {string.Join(", ", roles.Select(Roles.Name))}");
        }

        return access.NeedsEveryService && !caller.SeesEverything ? Problems.OutOfScope("every service, and this cannot be told apart by service") : null;
    }

    /// <summary>Finds out who asks, by the header <c>Authorization</c>.</summary>
    public async ValueTask<Attempt<Identity>> IdentifyAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0) return Challenge("token_missing", "no token was sent", error: null);
        return header.Count > 1
            ? Challenge("token_invalid", "the Authorization header holds no token of this ledger", "invalid_token")
            : await IdentifyAsync(header, http.RequestAborted);
    }

    /// <summary>
    /// Finds out whose token a value of <c>Authorization</c> holds, wherever it came from. One of the ledger's own is found by its SHA-256, so the time that
    /// takes tells nothing of how much of a guess was right.
    /// </summary>
    public async ValueTask<Attempt<Identity>> IdentifyAsync(string? authorization, CancellationToken cancellation)
    {
        var text = BearerToken.FromHeader(authorization);
        if (IdentityTokens.IsOne(text)) return await issued.IdentifyAsync(text, cancellation);
        if (!TokenText.TryHash(text, out var hash))
            return Challenge("token_invalid", "the Authorization header holds no token of this ledger", "invalid_token");
        var token = await store.Tokens.FindAsync(hash, cancellation);
        return token?.StandingAt(clock.GetUtcNow()) switch
        {
            TokenStanding.Good => new Identity(token, hash),
            TokenStanding.Expired => Challenge("token_expired", "the token has expired", "invalid_token"),
            _ => Challenge("token_invalid", "the token is not known here, or not any more", "invalid_token"),
        };
    }

    /// <summary>Whether a token that was good is good now.</summary>
    public async ValueTask<bool> IsStillGoodAsync(Identity identity, CancellationToken cancellation) =>
        (identity.Text is { } text ? await store.Tokens.FindAsync(text, cancellation) : identity.Token)?.StandingAt(clock.GetUtcNow()) == TokenStanding.Good;

    /// <summary>What somebody without a good token is told (RFC 6750, section 3: without any token the challenge carries no error code).</summary>
    public static Problem Challenge(string code, string detail, string? error) =>
        new(StatusCodes.Status401Unauthorized, code, detail, "send a token of this ledger in the Authorization header; an admin makes them: ledger token new")
        {
            Header = ("WWW-Authenticate", error is null ? "Bearer realm=\"ledger\"" : $"Bearer realm=\"ledger\", error=\"{error}\""),
        };
}

/// <summary>Who asks, and by which token.</summary>
/// <param name="Token">What the token says.</param>
/// <param name="Text">The SHA-256 of its text, for one of the ledger's own, which may be revoked; null for one of a provider's, which is good until it ends.</param>
internal sealed record Identity(Token Token, Hash? Text)
{
    public Caller Caller { get; } = new(Token);
}
