using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger canary measure</c>: measurements of the running service. Whether a rule fires is the ledger's to find.</summary>
internal static class CanaryMeasureCommand
{
    private const string DefaultSource = "ledger-cli";

    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var values = MeasuredValue.Arguments();
        var source = new Option<string>("--source") { HelpName = "WHO", Description = $"Who measured it, e.g. prometheus ({DefaultSource} unless given)", DefaultValueFactory = _ => DefaultSource };
        var at = Typed.Time("--at", "When it was measured, now unless given", make.Here);
        var because = new Option<string?>("--because") { HelpName = "TEXT", Description = "Why there is no value, for 'none'" };
        var baseline = new Option<bool>("--baseline") { Description = "It is what was measured before the release" };
        return make.Recording("measure", "Record measurements of the running service", [release, values, source, at, because, baseline], async session =>
        {
            var time = session.Time(at) ?? UtcTimeJsonConverter.ToText(session.Here.Time.GetUtcNow());
            var body = new MeasurementsBody([.. session.Get(values).Select(value => new SampleBody(
                value.Name, time, session.Get(source)!, value.UnitName, value.Value, value.Value is null ? session.Get(because) : null, session.Get(baseline) ? true : null))]);
            var measured = await session.RecordAsync(
                Routes.Release(session.Get(release), "/deployment/measurements"), body, ContractJson.Default.MeasurementsBody, ContractJson.Default.MeasuredAnswer, Credentials.Reporting).ConfigureAwait(false);
            return await session.ShowMaybeRecordedAsync(measured, (screen, answer) => Show(screen, session.Get(release), answer)).ConfigureAwait(false);
        });
    }

    /// <summary>Says how many measurements were new, and what they set off.</summary>
    public static void Show(Screen screen, ReleaseId release, MeasuredAnswer answer)
    {
        screen.Line(new Piece(release.ToString(), Tone.Strong), $"  {Wording.Number((long)answer.Recorded)} recorded, {Wording.Number((long)answer.Repeated)} known already");
        if (answer.Uncounted > 0)
            screen.Line(new Piece($"  {Wording.Number((long)answer.Uncounted)} do not count: of a time before the deployment, still to come, or too long ago to be put in order; give theirs with --at", Tone.Bad));
        Triggered(screen, answer.Triggered);
        if (answer.Stopped is { } stopped) screen.Line(new Piece($"  stopped: {stopped}", Tone.Bad));
    }

    /// <summary>Names the rules that fired.</summary>
    public static void Triggered(Screen screen, IReadOnlyList<string> rules)
    {
        foreach (var rule in rules) screen.Line(new Piece($"  roll back: the rule '{rule}' fired", Tone.Bad));
    }
}
