using System.CommandLine;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger sandbox</c>: give the times of a ledger that is for trying out and for replaying.</summary>
internal static class SandboxCommands
{
    private const string Real = "real";

    public static Command Create(CommandFactory make) => CommandFactory.Group("sandbox", "Give the times of a sandbox", Clock(make), SandboxPlayCommand.Create(make));

    /// <summary>Holds the clock at a time; null lets it run.</summary>
    /// <param name="session">The command.</param>
    /// <param name="time">RFC 3339; null to let it run.</param>
    /// <param name="key">Names the move, so that it is made once.</param>
    public static Task<Result<Answer<ClockAnswer>>> SetAsync(Session session, string? time, string key) => session.OrderAsync(
        HttpMethod.Put, "v1/sandbox/clock", JsonSerializer.SerializeToUtf8Bytes(new ClockBody(time), ContractJson.Default.ClockBody), ContractJson.Default.ClockAnswer, Credentials.Administering, key);

    private static Command Clock(CommandFactory make)
    {
        var time = new Argument<string>("TIME")
        {
            HelpName = $"TIME|{Real}",
            Description = $"The time to hold it at, e.g. 2026-01-31T22:00:00Z; '{Real}' lets it run",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (text == Real) return text;
                if (PointInTime.TryParseBound(text, out var at)) return UtcTimeJsonConverter.ToText(at);
                result.AddError($"'{text}' is neither a time nor '{Real}'; write {PointInTime.BoundForm}");
                return "";
            },
        };
        return make.Ordering("clock", "Hold the clock of a sandbox at a time, or let it run", [time], async session =>
        {
            var to = session.Get(time) is Real ? null : session.Get(time);
            var set = await SetAsync(session, to, session.Key).ConfigureAwait(false);
            return await session.ShowRecordedAsync(set, Show).ConfigureAwait(false);
        });
    }

    private static void Show(Screen screen, ClockAnswer answer)
    {
        if (answer.Time is { } held) screen.Line("the sandbox's clock is held at ", new Piece(Wording.Time(held), Tone.Strong));
        else screen.Line("the sandbox's clock runs");
    }
}
