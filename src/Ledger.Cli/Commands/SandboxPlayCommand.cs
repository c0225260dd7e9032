using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary>
/// <c>ledger sandbox play</c>: measurements, each handed in at the very time it was taken, as the clock of a sandbox moves along. Each line
/// of the file is a span and what was measured then; each is recorded once, however often the file is played under the same key.
/// </summary>
internal static class SandboxPlayCommand
{
    private const int MaxBytes = 1024 * 1024;

    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var file = Typed.File("A line for each time: a span from the start, such as 30s or 24h, then METRIC=VALUE…; # begins a remark");
        var from = Typed.Time("--from", "Where the spans count from", make.Here);
        from.Required = true;
        var source = new Option<string>("--source") { HelpName = "WHO", Description = "Who measured it, prometheus unless given", DefaultValueFactory = _ => "prometheus" };
        return make.Ordering("play", "Hand measurements in at their own times, moving the clock along", [release, file, from, source], async session =>
        {
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var bytes, out var failure) || !Read(bytes, session.Get(from)!.Value).TryGet(out var moments, out failure)) return session.Fail(failure);
            var (recorded, triggered) = (0, new List<(string Time, string Rule)>());
            foreach (var (line, time, values) in moments)
            {
                var at = UtcTimeJsonConverter.ToText(time);
                var key = string.Create(CultureInfo.InvariantCulture, $"{session.Key}-{line}");
                var set = await SandboxCommands.SetAsync(session, at, $"{key}-clock").ConfigureAwait(false);
                if (!set.TryGet(out _, out failure)) return session.Fail(At(line, failure));
                var body = new MeasurementsBody([.. values.Select(value => new SampleBody(value.Name, at, session.Get(source)!, value.UnitName, value.Value, null, null))]);
                var measured = await session.OrderAsync(
                    HttpMethod.Post, Routes.Release(session.Get(release), "/deployment/measurements"), JsonSerializer.SerializeToUtf8Bytes(body, ContractJson.Default.MeasurementsBody),
                    ContractJson.Default.MeasuredAnswer, Credentials.Administering, key).ConfigureAwait(false);
                if (!measured.TryGet(out var answer, out failure)) return session.Fail(At(line, failure));
                recorded += answer.Value.Recorded;
                triggered.AddRange(answer.Value.Triggered.Select(rule => (at, rule)));
            }

            Show(session, session.Get(release), recorded, triggered);
            return ExitCode.Done;
        });
    }

    private static void Show(Session session, ReleaseId release, int recorded, List<(string Time, string Rule)> triggered)
    {
        if (session.Json)
        {
            JsonOutput.Write(session.Here.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("release", release.ToString());
                writer.WriteNumber("recorded", recorded);
                writer.WriteStartArray("triggered");
                foreach (var (_, rule) in triggered) writer.WriteStringValue(rule);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        session.Screen.Line(new Piece(release.ToString(), Tone.Strong), $"  {Wording.Number((long)recorded)} measurements played");
        foreach (var (time, rule) in triggered) session.Screen.Line(new Piece($"  roll back: the rule '{rule}' fired at {Wording.Time(time)}", Tone.Bad));
    }

    private static Failure At(int line, Failure failure) => failure with { Detail = string.Create(CultureInfo.InvariantCulture, $"line {line}: {failure.Detail}") };

    private static Result<List<(int Line, DateTimeOffset Time, List<MeasuredValue> Values)>> Read(byte[] bytes, DateTimeOffset from)
    {
        var moments = new List<(int, DateTimeOffset, List<MeasuredValue>)>();
        var line = 0;
        foreach (var text in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            line++;
            if (text.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var offset, .. var measured]) continue;
            if (!PointInTime.TryParseSpan(offset, out var span) || span > DateTimeOffset.MaxValue - from)
                return Unreadable(line, $"'{offset}' is not a span of time", "write e.g. 30s, 5m or 24h");
            var values = measured.Select(MeasuredValue.TryParse).ToList();
            if (values.Count == 0 || values.IndexOf(null) is >= 0)
                return Unreadable(line, "what was measured cannot be read", "write METRIC=VALUE with its unit, e.g. p95=142ms");
            moments.Add((line, from + span, [.. values.OfType<MeasuredValue>()]));
        }

        return moments.Count > 0 ? moments : Unreadable(line, "nothing was measured", "write a line for each time");
    }

    private static Failure Unreadable(int line, string what, string hint) =>
        Failure.Usage("file_unreadable", string.Create(CultureInfo.InvariantCulture, $"line {line}: {what}"), hint);
}
