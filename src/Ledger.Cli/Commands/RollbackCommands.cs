using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger rollback</c>: the way back, and its rehearsal.</summary>
internal static class RollbackCommands
{
    public static Command Create(CommandFactory make) => CommandFactory.Group(
        "rollback", "Record the way back, and its rehearsal", Start(make), Complete(make), Verify(make), Rehearse(make));

    private static Command Start(CommandFactory make)
    {
        var release = Typed.Release();
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why" };
        var cause = Typed.OneOf("--cause", "What makes it go back: a rule that fired, a person (unless given), or a person at once", "rule", "manual", "emergency");
        cause.DefaultValueFactory = _ => "manual";
        var person = new Option<string?>("--person") { HelpName = "WHO", Description = "Who decided it, where no rule did" };
        var observed = new ObservedOptions(make.Here);
        return make.Recording("start", "Begin the way back", [release, reason, cause, person, observed.At, observed.SeenBy], async session =>
        {
            if (observed.TryRead(session, out var seen) is { } unreadable) return session.Fail(unreadable);
            return await CanaryCommands.RecordAsync(
                session, session.Get(release), Routes.Release(session.Get(release), "/rollback/start"), new StartRollbackBody(session.Get(cause)!, session.Get(reason)!, session.Get(person), seen),
                ContractJson.Default.StartRollbackBody, "rollback started").ConfigureAwait(false);
        });
    }

    private static Command Complete(CommandFactory make)
    {
        var release = Typed.Release();
        var observed = new ObservedOptions(make.Here);
        return make.Recording("complete", "Say that what was there before is there again", [release, observed.At, observed.SeenBy], async session =>
        {
            if (observed.TryRead(session, out var seen) is { } unreadable) return session.Fail(unreadable);
            return await CanaryCommands.RecordAsync(
                session, session.Get(release), Routes.Release(session.Get(release), "/rollback/complete"), new ObservedOnlyBody(seen), ContractJson.Default.ObservedOnlyBody, "rollback completed").ConfigureAwait(false);
        });
    }

    private static Command Verify(CommandFactory make)
    {
        var release = Typed.Release();
        var note = new Option<string>("--note") { HelpName = "TEXT", Required = true, Description = "What was looked at, and what was seen" };
        var broken = new Option<bool>("--not-working") { Description = "What is there again does not work" };
        var evidence = new Option<string?>("--evidence") { HelpName = "URI", Description = "Where more is to be seen" };
        return make.Recording("verify", "Say what was found of it", [release, note, broken, evidence], session => CanaryCommands.RecordAsync(
            session, session.Get(release), Routes.Release(session.Get(release), "/rollback/verify"), new VerifyRollbackBody(!session.Get(broken), session.Get(note)!, session.Get(evidence)),
            ContractJson.Default.VerifyRollbackBody, session.Get(broken) ? "rollback found not to work" : "rollback verified", Credentials.Managing));
    }

    private static Command Rehearse(CommandFactory make)
    {
        var release = Typed.Release();
        var took = MeasuredValue.Option("--took", "How long the way back took, e.g. 3min or 190s");
        took.Required = true;
        var note = new Option<string>("--note") { HelpName = "TEXT", Required = true, Description = "What was done and seen" };
        var checks = Typed.Names("--check", "NAME", "The checks of the rehearsal gate that it shows, all of them unless given");
        var measurements = MeasuredValue.Options("--measurement", "What was measured");
        var evidence = new Option<string?>("--evidence") { HelpName = "URI", Description = "Where more is to be seen" };
        var supersede = GateCommands.Supersede();
        return make.Recording("rehearse", "Record that the way back was tried before it was needed", [release, took, note, checks, measurements, evidence, supersede], async session =>
        {
            if (session.Get(took) is not { Unit: Domain.Measurements.Unit.Milliseconds, Value: > 0 and < 1e12 and var milliseconds })
                return session.Fail(Failure.Usage("duration_malformed", "--took is not a length of time", "write it with its unit, e.g. 3min"));
            var body = new RehearsalBody(
                (long)Math.Ceiling(milliseconds), session.Get(note)!, session.Get(checks) is { Length: > 0 } names ? names : null,
                session.Get(measurements) is { Length: > 0 } values ? [.. values.Select(value => new NumberBody(value.Name, value.Value!.Value, value.UnitName))] : null,
                session.Get(evidence), session.Get(supersede));
            return await CanaryCommands.RecordAsync(
                session, session.Get(release), Routes.Release(session.Get(release), "/rollback/rehearsals"), body, ContractJson.Default.RehearsalBody, "rollback rehearsed").ConfigureAwait(false);
        });
    }
}
