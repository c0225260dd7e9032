using Ledger.Domain.Actors;

namespace Ledger.Store.Tokens;

/// <summary>What a bearer token lets its holder do.</summary>
/// <param name="Subject">Who holds it: the actor's id in every event.</param>
/// <param name="Role">The role in which they act.</param>
/// <param name="Services">The services it is for; <see cref="AllServices"/> alone for all of them.</param>
/// <param name="ExpiresAt">From then on it is no longer good; null for never.</param>
/// <param name="RevokedAt">When it was taken back; null while it was not.</param>
public sealed record Token(string Subject, Role Role, IReadOnlyList<string> Services, DateTimeOffset? ExpiresAt = null, DateTimeOffset? RevokedAt = null)
{
    /// <summary>In <see cref="Services"/>: every service.</summary>
    public const string AllServices = "*";

    /// <summary>Whether the token is for <paramref name="service"/>.</summary>
    public bool Covers(string service) => Services.Contains(AllServices) || Services.Contains(service);

    /// <summary>Whether it is good at <paramref name="time"/>; at its very end it is not.</summary>
    public TokenStanding StandingAt(DateTimeOffset time)
    {
        if (RevokedAt is not null) return TokenStanding.Revoked;
        return ExpiresAt <= time ? TokenStanding.Expired : TokenStanding.Good;
    }
}
