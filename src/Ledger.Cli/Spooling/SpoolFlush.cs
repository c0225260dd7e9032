using System.Text.Json;
using Ledger.Cli.Contract;

namespace Ledger.Cli.Spooling;

/// <summary>
/// Delivers a spool in order. Each command goes under the key it was kept with, so that one whose delivery was cut short is recorded once.
/// What the server refuses is set aside and the next one follows; where nobody answers, the rest stays as it is.
/// </summary>
internal sealed class SpoolFlush(Session session, Spool spool)
{
    /// <summary>What a delivery came to.</summary>
    /// <param name="Delivered">Numbers, and where each is recorded, where the answer says so.</param>
    /// <param name="Aside">Numbers that were refused or damaged, now or before, and that nobody answered for.</param>
    /// <param name="Missing">Numbers without a file, likewise.</param>
    /// <param name="Left">How many are still there.</param>
    /// <param name="Stopped">Why it ended before the last one; null where it did not.</param>
    public sealed record Report(IReadOnlyList<(long Number, long? Sequence)> Delivered, IReadOnlyList<AsideNote> Aside, IReadOnlyList<long> Missing, long Left, Failure? Stopped);

    private readonly List<(long, long?)> _delivered = [];

    public async Task<Result<Report>> RunAsync(CancellationToken cancellationToken)
    {
        using var turn = spool.TryBeginFlush();
        if (turn is null) return Failure.Unknown("spool_busy", "somebody else is delivering this spool", "wait for them");
        try
        {
            while (true)
            {
                if (!spool.State().TryGet(out var state, out var failure)) return failure;
                if (state.Settled == state.Last) return Tell(state, 0, null);
                if (await SettleNextAsync(state.Settled + 1, cancellationToken).ConfigureAwait(false) is { } stopped)
                    return Tell(state, state.Last - state.Settled, stopped);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return Spool.Unwritable(spool.Folder, exception);
        }
    }

    // A gap is told each time, until somebody answers for it.
    private Result<Report> Tell(SpoolState state, long left, Failure? stopped) =>
        spool.Gaps(state).TryGet(out var gaps, out var failure) ? new Report(_delivered, gaps.Aside, gaps.Missing, left, stopped) : failure;

    private async Task<Failure?> SettleNextAsync(long number, CancellationToken cancellationToken)
    {
        var command = spool.Read(number, out var damaged);
        if (damaged)
        {
            await spool.SetAsideAsync(new AsideNote(number, "spool_damaged", "its file is cut off or was changed"), cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (command is null && spool.IsAside(number))
        {
            await spool.SettleAsync(number, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (command is null)
        {
            await spool.MissAsync(number, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var delivered = await session.DeliverAsync(command).ConfigureAwait(false);
        if (delivered.TryGet(out var answer, out var failure))
        {
            // Of a batch some events may be refused though the others are recorded.
            if (answer.Value.Events?.FirstOrDefault(outcome => outcome.Outcome == EventOutcome.Refused) is { } refused)
            {
                await spool.SetAsideAsync(new AsideNote(number, refused.Code ?? "event_refused", $"of its events '{refused.Id}' is refused: {refused.Because}"), cancellationToken).ConfigureAwait(false);
                return null;
            }

            await spool.SettleAsync(number, cancellationToken).ConfigureAwait(false);
            _delivered.Add((number, answer.Value.Receipt?.Sequence));
            return null;
        }

        if (!IsAboutTheCommand(failure)) return failure;
        await spool.SetAsideAsync(new AsideNote(number, failure.Code, failure.Detail), cancellationToken).ConfigureAwait(false);
        return null;
    }

    // A token that is missing or wrong, or a server that is busy, says nothing about the command.
    private static bool IsAboutTheCommand(Failure failure) => failure is { ExitCode: ExitCode.Refused, Problem: { } problem }
        && problem.TryGetProperty("status", out var status) && status.TryGetInt32(out var number) && number is not (401 or 403 or 408 or 429);
}
