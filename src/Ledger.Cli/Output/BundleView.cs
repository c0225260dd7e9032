using System.Globalization;
using System.Text.Json;
using Ledger.Domain.GoNoGo;
using Ledger.Verifier.Bundles;

namespace Ledger.Cli.Output;

/// <summary>Shows what verifying a bundle found: every step, and where the first fault is.</summary>
internal static class BundleView
{
    public static void Show(Screen screen, BundleReport report)
    {
        screen.Line(report.Valid ? new Piece("valid", Tone.Good) : new Piece("not valid", Tone.Bad), "  ", new Piece(report.Subject ?? "the bundle does not say what it is of", Tone.Strong));
        if (report.FirstFault is { } fault) screen.Line("first fault: ", new Piece(Place(fault), Tone.Strong), "  ", fault.Detail);
        screen.Facts(
            ("log", report.Ledger),
            ("key", report.LogKey is { } key ? $"{key}  {(report.Trusted ? "trusted" : "not checked against one that you trust")}" : null),
            ("tree", report.Checkpoint is { } checkpoint ? string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Size} leaves, root {checkpoint.Root}") : null),
            ("go/no-go", report.Verdict is { } verdict ? Verdicts.Name(verdict) : null),
            ("sign-offs", report.Chain is { } chain ? $"{chain.Status.ToString().ToUpperInvariant()}{(chain.Detail is { } detail ? $": {detail}" : "")}" : null),
            ("releases", report.Population is { } population ? Wording.Number(population.Releases) : null),
            ("events", report.Population is { } counted ? Wording.Number(counted.Events) : null),
            ("complete", report.Population is { } whole ? whole.Complete ? "yes: nothing of the period is left out" : "not shown: leaves of others are in the period, and nothing tells what they are" : null));
        screen.Table(["step", "outcome", "found", "where"], [.. report.Steps.Select(step => new Piece[]
        {
            new(JsonNamingPolicy.SnakeCaseLower.ConvertName(step.Name.ToString()).Replace('_', ' '), Tone.Strong),
            Wording.Outcome(JsonNamingPolicy.SnakeCaseLower.ConvertName(step.Outcome.ToString())), step.Detail, new(Place(step), Tone.Quiet),
        })]);
        if (report.Chain is { Links.Count: > 0 } links) ChainView.Links(screen, links);
    }

    private static string Place(BundleStep step) => step switch
    {
        { File: { } file, Where: { } where } => $"{file}, {where}",
        { File: { } file } => file,
        _ => step.Where ?? "",
    };
}
