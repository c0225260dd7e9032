using Ledger.Domain.Actors;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Tokens;

namespace Ledger.Server.Auth;

/// <summary>Finds out who asks, and lets in whom the endpoint is for.</summary>
internal sealed class Authentication(LedgerStore store, TimeProvider clock)
{
    /// <summary>The problem that keeps the request out; null when it may go on, with its caller known.</summary>
    public async ValueTask<Problem?> CheckAsync(HttpContext http)
    {
        // No route, or one of routing's own answers (405, 415): there is nothing to keep anybody from.
        if (http.GetEndpoint() is not RouteEndpoint endpoint) return null;
        var access = endpoint.Metadata.GetMetadata<Access>();
        if (access is { IsPublic: true }) return null;

        var found = await CallerAsync(http);
        if (!found.Succeeded(out var caller, out var problem)) return problem;
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

    // A token is found by its SHA-256, so the time that takes tells nothing of how much of a guess was right.
    private async ValueTask<Attempt<Caller>> CallerAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0) return Challenge("token_missing", "no token was sent", error: null);
        if (header.Count > 1 || !TokenText.TryHash(BearerToken.FromHeader(header), out var hash))
            return Challenge("token_invalid", "the Authorization header holds no token of this ledger", "invalid_token");
        var token = await store.Tokens.FindAsync(hash, http.RequestAborted);
        return token?.StandingAt(clock.GetUtcNow()) switch
        {
            TokenStanding.Good => new Caller(token),
            TokenStanding.Expired => Challenge("token_expired", "the token has expired", "invalid_token"),
            _ => Challenge("token_invalid", "the token is not known here, or not any more", "invalid_token"),
        };
    }

    // RFC 6750, section 3: without a token the challenge carries no error code.
    private static Problem Challenge(string code, string detail, string? error) =>
        new(StatusCodes.Status401Unauthorized, code, detail, "send a token of this ledger in the Authorization header; an admin makes them: ledger token new")
        {
            Header = ("WWW-Authenticate", error is null ? "Bearer realm=\"ledger\"" : $"Bearer realm=\"ledger\", error=\"{error}\""),
        };
}
