using Ledger.Domain.Actors;

namespace Ledger.Server.Auth;

/// <summary>
/// Who may come to an endpoint at all. An endpoint without this is closed to everybody. Which role may give which command is the domain's
/// to decide (<see cref="Permissions"/>); this is about reading.
/// </summary>
internal sealed record Access
{
    private Access() { }

    /// <summary>Whether the endpoint is for everybody, with no token.</summary>
    public bool IsPublic { get; private init; }

    /// <summary>The roles that may come; null for all.</summary>
    public IReadOnlyList<Role>? Roles { get; private init; }

    /// <summary>Whether only a token for every service will do: what is read here cannot be told apart by service.</summary>
    public bool NeedsEveryService { get; private init; }

    /// <summary>Whether the caller may come.</summary>
    public bool Admits(Caller caller) => Roles?.Contains(caller.Role) != false && (!NeedsEveryService || caller.SeesEverything);

    public static Access Public { get; } = new() { IsPublic = true };

    public static Access AnyRole { get; } = new();

    public static Access WholeLedger { get; } = new() { NeedsEveryService = true };

    public static Access Auditing { get; } = new() { Roles = [Role.Auditor, Role.Compliance, Role.Admin], NeedsEveryService = true };

    /// <summary>Whoever takes records out, as far as their services go.</summary>
    public static Access Exporting { get; } = new() { Roles = [Role.Auditor, Role.Compliance, Role.Admin] };

    /// <summary>As above, and those who manage releases: of theirs.</summary>
    public static Access ExportingReleases { get; } = new() { Roles = [Role.Auditor, Role.Compliance, Role.Admin, Role.ReleaseManager] };

    /// <summary>Whoever looks at events that fit no release: they may be about any.</summary>
    public static Access Sorting { get; } = new() { Roles = [Role.Auditor, Role.Compliance, Role.Admin, Role.ReleaseManager], NeedsEveryService = true };

    /// <summary>Whoever says which release they are about.</summary>
    public static Access Assigning { get; } = new() { Roles = [Role.ReleaseManager, Role.Admin], NeedsEveryService = true };

    /// <summary>Whoever sees what leaves the ledger by itself.</summary>
    public static Access Delivering { get; } = new() { Roles = [Role.Compliance, Role.Admin], NeedsEveryService = true };

    /// <summary>Whoever has something leave the ledger again.</summary>
    public static Access Replaying { get; } = new() { Roles = [Role.Admin], NeedsEveryService = true };

    public static Access Administration { get; } = new() { Roles = [Role.Admin] };
}
