using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger gate</c>: what is known of a release's gates.</summary>
internal static class GateCommands
{
    private const string GateDescription = "The gate, as the release's policy names it";

    public static Command Create(CommandFactory make) =>
        CommandFactory.Group("gate", "Report, attest and waive gates", GateReportCommand.Create(make), Attest(make), Waive(make));

    /// <summary>A new report or attestation that stands in place of another one says why.</summary>
    public static Option<string?> Supersede() => new("--supersede") { HelpName = "REASON", Description = "Why this counts in place of what was said before" };

    private static Command Attest(CommandFactory make)
    {
        var release = Typed.Release();
        var gate = Typed.Name("GATE", "The gate or attested NO-GO condition, as the release's policy names it");
        var checks = new Option<string[]>("--check") { HelpName = "NAME", AllowMultipleArgumentsPerToken = true, Description = "The checks of the gate this is about; give it once for each" };
        var notMet = new Option<bool>("--not-met") { Description = "It is not met; for a NO-GO condition, it is present" };
        var note = Text("--note", "What was looked at, and what was seen");
        var evidence = new Option<string?>("--evidence") { HelpName = "URI", Description = "Where more is to be seen" };
        var supersede = Supersede();
        return make.Recording("attest", "State as a person that a gate, or checks of it, are met", [release, gate, checks, notMet, note, evidence, supersede], async session =>
        {
            var body = new AttestBody(
                session.Get(checks) is { Length: > 0 } names ? names : null, !session.Get(notMet), session.Get(note)!, session.Get(evidence), session.Get(supersede));
            var attested = await session.RecordAsync(
                Routes.Gate(session.Get(release), session.Get(gate), "attestations"), body,
                ContractJson.Default.AttestBody, ContractJson.Default.Attested, Credentials.Managing,
                answer => OtherGate(answer.Gate, session.Get(gate)) ?? (answer.Met == body.Met ? null : "it says the opposite of what was attested")).ConfigureAwait(false);
            return await session.ShowRecordedAsync(attested, (screen, answer) =>
                ShowGate(screen, answer.Gate, answer.Met ? "attested as met" : "attested as not met", answer.GateOutcome, answer.Verdict)).ConfigureAwait(false);
        });
    }

    private static Command Waive(CommandFactory make)
    {
        var release = Typed.Release();
        var gate = Typed.Name("GATE", GateDescription);
        var owner = Text("--owner", "Who answers for it", "WHO");
        var reason = Text("--reason", "Why it is gone without");
        var control = Text("--control", "What makes up for it");
        var until = Typed.Time("--until", "When the waiver ends", make.Here);
        until.Required = true;
        return make.Recording("waive", "Answer for going without a gate, until a stated time", [release, gate, owner, reason, control, until], async session =>
        {
            var end = session.Time(until)!;
            var waived = await session.RecordAsync(
                Routes.Gate(session.Get(release), session.Get(gate), "waivers"),
                new WaiveBody(session.Get(owner)!, session.Get(reason)!, session.Get(control)!, end),
                ContractJson.Default.WaiveBody, ContractJson.Default.Waived, Credentials.Managing, answer => OtherGate(answer.Gate, session.Get(gate))).ConfigureAwait(false);
            return await session.ShowRecordedAsync(waived, (screen, answer) =>
                ShowGate(screen, answer.Gate, $"waived until {Wording.Time(answer.Until)}", answer.GateOutcome, answer.Verdict)).ConfigureAwait(false);
        });
    }

    private static void ShowGate(Screen screen, string gate, string what, string gateOutcome, string verdict) => screen.Line(
        new Piece(gate, Tone.Strong), $"  {what}; the gate is ", Wording.Outcome(gateOutcome), ", the release ", Wording.Verdict(verdict));

    private static string? OtherGate(string answered, string asked) => answered == asked ? null : $"it is about gate '{answered}', not about '{asked}'";

    private static Option<string> Text(string name, string description, string helpName = "TEXT") => new(name) { HelpName = helpName, Required = true, Description = description };
}
