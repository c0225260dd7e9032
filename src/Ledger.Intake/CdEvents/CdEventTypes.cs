using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Ledger.Intake.CdEvents;

/// <summary>The types of CDEvents that mean something here, each at the one version whose shape is known.</summary>
public static partial class CdEventTypes
{
    private const string Standard = "0.3.0";
    private const string Own = "0.1.0";

    private static readonly FrozenDictionary<string, string> Versions = new Dictionary<string, string>
    {
        ["testsuiterun.finished"] = Standard, ["testcaserun.finished"] = Standard, ["testoutput.published"] = Standard,
        ["taskrun.finished"] = Standard, ["pipelinerun.finished"] = Standard,
        ["artifact.packaged"] = Standard, ["artifact.published"] = Standard, ["artifact.signed"] = Standard,
        ["service.deployed"] = Standard, ["service.upgraded"] = Standard, ["service.rolledback"] = Standard,
        ["incident.detected"] = Standard,
        ["ledger-gate.reported"] = Own, ["ledger-canarystep.started"] = Own, ["ledger-canarystep.completed"] = Own,
        ["ledger-measurement.taken"] = Own, ["ledger-rollback.started"] = Own, ["ledger-rollback.completed"] = Own,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every full type that is mapped, sorted.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Versions.Select(pair => $"{Prefix(pair.Key)}{pair.Key}.{pair.Value}").Order(StringComparer.Ordinal)];

    /// <summary>Whether a CloudEvent of this type is a CDEvent, known or not.</summary>
    public static bool IsCdEvent(string type) => Pattern().IsMatch(type);

    /// <summary>Subject and predicate of <paramref name="type"/> where it is mapped; else why it is not.</summary>
    internal static (string? Name, string? Because) Find(string type)
    {
        var match = Pattern().Match(type);
        var name = match.Groups["name"].Value;
        if (!Versions.TryGetValue(name, out var version) || match.Groups["prefix"].Value != Prefix(name)) return (null, "no such type of CDEvents is read here");
        return match.Groups["version"].Value == version ? (name, null) : (null, $"'{name}' is read at version {version} only");
    }

    private static string Prefix(string name) => name.StartsWith("ledger-", StringComparison.Ordinal) ? "dev.cdeventsx." : "dev.cdevents.";

    [GeneratedRegex(@"\A(?<prefix>dev\.cdeventsx?\.)(?<name>[a-z0-9-]+\.[a-z0-9-]+)\.(?<version>[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
