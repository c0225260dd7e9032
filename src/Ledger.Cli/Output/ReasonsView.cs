using Ledger.Cli.Contract;

namespace Ledger.Cli.Output;

/// <summary>Shows why a release may not go: the rule, what was found, and the events that show it.</summary>
internal static class ReasonsView
{
    /// <param name="screen">Where.</param>
    /// <param name="reasons">Why it may not go.</param>
    /// <param name="heading">What they are to the reader.</param>
    public static void Show(Screen screen, IReadOnlyList<StatusReason> reasons, string heading = "because") =>
        screen.Table([heading, "rule", "found", "events"], [.. reasons.Select(reason => new Piece[]
        {
            new(reason.Subject ?? "release", reason.Verdict == "NO_GO" ? Tone.Bad : Tone.Waiting), reason.Rule, reason.Message, new(Wording.Events(reason.Events), Tone.Quiet),
        })]);
}
