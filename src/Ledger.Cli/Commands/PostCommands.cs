using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger post</c>: what is looked at and done after a deployment. Where the policy says how a check is measured, the ledger computes it.</summary>
internal static class PostCommands
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("post", "Record what is watched and done after a deployment", Check(make), FollowUp(make));

    private static Command Check(CommandFactory make)
    {
        var release = Typed.Release();
        var check = Typed.Name("CHECK", "The check, as the release's policy names it");
        var source = new Option<string>("--source") { HelpName = "WHERE", Required = true, Description = "Where it was looked up, e.g. prometheus" };
        var value = MeasuredValue.Option("--value", "What was measured, where the policy compares it; none where the source could not tell");
        var met = new Option<bool>("--met") { Description = "It is met, where a person attests it" };
        var notMet = new Option<bool>("--not-met") { Description = "It is not met" };
        var note = new Option<string?>("--note") { HelpName = "TEXT", Description = "What was seen" };
        var success = new Option<bool>("--success") { Description = "The check is one of the success criteria, not one of the watch" };
        var supersede = GateCommands.Supersede();
        return make.Recording("check", "Record a check of the watch, or a success criterion", [release, check, source, value, met, notMet, note, success, supersede], async session =>
        {
            if (session.Get(met) && session.Get(notMet)) return session.Fail(Failure.Usage("check_contradicts", "--met and --not-met exclude each other"));
            var measured = session.Get(value);
            var body = new CheckBody(
                session.Get(success) ? "success" : "watch", session.Get(check), session.Get(source)!, measured?.Value, measured?.Value is null ? null : measured.UnitName,
                session.Get(met) ? true : session.Get(notMet) ? false : null, session.Get(note), session.Get(supersede));
            return await CanaryCommands.RecordAsync(
                session, session.Get(release), Routes.Release(session.Get(release), "/post-deployment/checks"), body, ContractJson.Default.CheckBody, $"check {session.Get(check)} recorded", body.Met is null ? null : Credentials.Managing).ConfigureAwait(false);
        });
    }

    private static Command FollowUp(CommandFactory make)
    {
        var release = Typed.Release();
        var followUp = Typed.Name("FOLLOW-UP", "What is done after the release, as its policy names it");
        var note = new Option<string>("--note") { HelpName = "TEXT", Required = true, Description = "What was done; or why it need not be" };
        var reference = new Option<string?>("--reference") { HelpName = "WHERE", Description = "Where it can be seen: a ticket, a document, an address" };
        var drop = new Option<bool>("--drop") { Description = "It is not done, and need not be" };
        var supersede = new Option<string?>("--supersede") { HelpName = "REASON", Description = "Why this counts in place of what was recorded before" };
        return make.Recording("follow-up", "Record that something was done after a release; also once it is closed", [release, followUp, note, reference, drop, supersede], async session =>
        {
            var body = new FollowUpBody(session.Get(note)!, session.Get(drop) ? "dropped" : "done", session.Get(reference), session.Get(supersede));
            var recorded = await session.RecordAsync(
                Routes.FollowUp(session.Get(release), session.Get(followUp)), body, ContractJson.Default.FollowUpBody, ContractJson.Default.FollowUpRecorded, Credentials.Managing,
                answer => answer.FollowUp == session.Get(followUp) && answer.Outcome == body.Outcome ? null : "it is about something else than what was recorded").ConfigureAwait(false);
            return await session.ShowRecordedAsync(recorded, (screen, answer) =>
            {
                screen.Line(new Piece(answer.FollowUp, Tone.Strong), " is ", Wording.Outcome(answer.Outcome));
                screen.Line(answer.Open.Count == 0 ? "  nothing is left to be done" : $"  still to be done: {string.Join(", ", answer.Open)}");
            }).ConfigureAwait(false);
        });
    }
}
