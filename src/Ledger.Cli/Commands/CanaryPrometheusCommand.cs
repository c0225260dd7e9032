using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain;
using Ledger.Domain.Measurements;
using Ledger.Intake;
using Ledger.Intake.Alerts;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger canary prometheus</c>: what a query of Prometheus answered, as measurements with their own times.</summary>
internal static class CanaryPrometheusCommand
{
    private const int MaxSamples = 200;

    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var metric = new Argument<string>("METRIC") { Description = "The metric, as the release's policy names it" };
        var file = Typed.File("What /api/v1/query or /api/v1/query_range answered: one series");
        var unit = new Option<string?>("--unit") { HelpName = "UNIT", Description = "What the query counts in, e.g. s, ms, %, ratio; a count unless given" };
        var source = new Option<string>("--source") { HelpName = "WHO", Description = "Who measured it, prometheus unless given", DefaultValueFactory = _ => "prometheus" };
        var baseline = new Option<bool>("--baseline") { Description = "It is what was measured before the release" };
        return make.Recording("prometheus", "Record what a query of Prometheus answered", [release, metric, file, unit, source, baseline], async session =>
        {
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), AlertLimits.MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var bytes, out var failure)) return session.Fail(failure);
            if (!Series(PrometheusReader.Read(bytes), session).TryGet(out var series, out failure)) return session.Fail(failure);
            var samples = new List<SampleBody>(series.Samples.Count);
            foreach (var sample in series.Samples)
            {
                if (!TryConvert(sample.Value, session.Get(unit), out var value, out var counted))
                    return session.Fail(Failure.Usage("unit_unknown", $"'{session.Get(unit)}' is not a unit", "write one that a quantity may have, e.g. s, ms, %, MiB, or ratio"));
                samples.Add(new SampleBody(
                    session.Get(metric), UtcTimeJsonConverter.ToText(sample.At), session.Get(source)!, Wording.Unit(counted), value, value is null ? "the query has no number here" : null, session.Get(baseline) ? true : null));
            }

            var measured = await session.RecordAsync(
                Routes.Release(session.Get(release), "/deployment/measurements"), new MeasurementsBody(samples), ContractJson.Default.MeasurementsBody, ContractJson.Default.MeasuredAnswer,
                Credentials.Reporting).ConfigureAwait(false);
            return await session.ShowMaybeRecordedAsync(measured, (screen, answer) => CanaryMeasureCommand.Show(screen, session.Get(release), answer)).ConfigureAwait(false);
        });
    }

    // Which of several series was meant is not guessed.
    private static Result<PrometheusSeries> Series(IntakeResult<PrometheusResult> read, Session session)
    {
        if (read is IntakeResult<PrometheusResult>.Refused refused) return Failure.Refused(refused.Code, refused.Message, refused.Hint);
        var result = ((IntakeResult<PrometheusResult>.Read)read).Value;
        foreach (var warning in result.Warnings) session.Say($"Prometheus warns: {warning}");
        if (result.Series is not [var single])
            return Failure.Refused("series_ambiguous", $"the query answered with {Wording.Number((long)result.Series.Count)} series", "make it one, e.g. with sum(...)");
        return single.Samples.Count is > 0 and <= MaxSamples
            ? single
            : Failure.Refused("samples_invalid", $"the series has {Wording.Number((long)single.Samples.Count)} samples", $"ask for 1 to {Wording.Number((long)MaxSamples)} at a time");
    }

    private static bool TryConvert(double? number, string? text, out double? value, out Unit counted)
    {
        (value, counted) = (number, Unit.Count);
        if (text is null) return true;
        if (!StatedUnit.TryParse(text, out var unit)) return false;
        (value, counted) = (number is { } stated ? unit.Convert(stated) : null, unit.Unit);
        return true;
    }
}
