using System.Globalization;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Server;

/// <summary>Paths below the server's address.</summary>
internal static class Routes
{
    public static string Release(ReleaseId release, string rest = "") =>
        $"v1/releases/{Segment(release.Service)}/{Segment(release.Version)}{rest}";

    public static string Gate(ReleaseId release, string gate, string rest) => Release(release, $"/gates/{Segment(gate)}/{rest}");

    public static string Step(ReleaseId release, string step, string what) => Release(release, $"/deployment/steps/{Segment(step)}/{what}");

    public static string FollowUp(ReleaseId release, string followUp) => Release(release, $"/follow-ups/{Segment(followUp)}");

    public static string Signer(string id, string rest = "") => $"v1/signers/{Segment(id)}{rest}";

    public static string Webhook(string name, string rest) => $"v1/webhooks/{Segment(name)}{rest}";

    public static string Policy(string name) => $"v1/policies/{Segment(name)}";

    /// <summary>The path with those parameters that have a value.</summary>
    public static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null) continue;
            path += $"{separator}{name}={Segment(value)}";
            separator = '&';
        }

        return path;
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
