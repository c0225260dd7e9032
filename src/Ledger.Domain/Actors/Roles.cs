namespace Ledger.Domain.Actors;

/// <summary>The names of roles as they are written in tokens, events and on the command line.</summary>
public static class Roles
{
    private static readonly (Role Role, string Name)[] Names =
    [
        (Role.Ci, "ci"), (Role.ReleaseManager, "release-manager"), (Role.Signer, "signer"),
        (Role.Auditor, "auditor"), (Role.Compliance, "compliance"), (Role.Admin, "admin"),
    ];

    /// <summary>Every role, least powerful first.</summary>
    public static IReadOnlyList<Role> All { get; } = [.. Names.Select(entry => entry.Role)];

    /// <summary>The role's name.</summary>
    public static string Name(this Role role) => Array.Find(Names, entry => entry.Role == role).Name;

    /// <summary>Finds a role by its name; case matters.</summary>
    public static bool TryParse(string? name, out Role role)
    {
        var found = Array.FindIndex(Names, entry => entry.Name == name);
        role = found < 0 ? default : Names[found].Role;
        return found >= 0;
    }
}
