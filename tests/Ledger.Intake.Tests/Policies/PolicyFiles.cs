using System.Runtime.CompilerServices;

namespace Ledger.Intake.Tests.Policies;

/// <summary>The files of the repository that these tests are about.</summary>
internal static class PolicyFiles
{
    internal static readonly string[] Names = ["cpt-ajan", "recoveryos", "agent-system"];

    internal static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    internal static byte[] Ready(string name) => File.ReadAllBytes(Path.Combine(Root, "schema", "policies", $"{name}.yaml"));

    internal static byte[] Schema() => File.ReadAllBytes(Path.Combine(Root, "schema", "json", "policy.schema.json"));

    internal static byte[] Full() => File.ReadAllBytes(Path.Combine(Here(), "full.yaml"));

    /// <summary>Compares with the golden file beside the tests; writes what was received next to it where they differ.</summary>
    internal static void ShouldMatchVerified(this string received, string name)
    {
        var verified = Path.Combine(Here(), $"{name}.verified.json");
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (received == expected) return;
        var file = Path.Combine(Here(), $"{name}.received.json");
        File.WriteAllText(file, received);
        received.ShouldBe(expected, $"{verified} differs from {file}; accept the received file if the change is meant");
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
