using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Log;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Sandboxes;

/// <summary>Holds the clock of a sandbox at a time, or lets it run.</summary>
internal static class SetClock
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/v1/sandbox/clock", HandleAsync)
        .Describe(
            Access.Administration, "setSandboxClock", "Set the clock of a sandbox",
            "Holds the ledger's clock at 'time', for a sandbox alone: everything that is appended gets that time, and windows, waivers, keys, watches and deadlines are judged by it. Null lets the clock run with the real one. "
            + "Deadlines that fall between take effect first, each at its own time. The log's time never goes back: an earlier time is refused with 409. Tokens and webhooks go by the real clock. Role: admin.")
        .Accepts<ClockRequest>("application/json")
        .Appends<ClockAnswer>(StatusCodes.Status200OK);

    private static async Task<IResult> HandleAsync(HttpContext http, CommandDesk desk, ClockMove move, LedgerStore store, TimeProvider real)
    {
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.ClockRequest);
        if (!read.Succeeded(out var body, out var problem)) return problem;
        var command = new LogCommand.SetClock(body.Value.Time is { } time ? UtcTimeJsonConverter.Truncate(time) : null);
        ValueTask<Attempt<Submitted>> SubmitAsync() => desk.SubmitAsync(http, body.Bytes, command);

        // What would be refused in any case moves nothing.
        var submitted = !store.IsSandbox || command.To > Sandbox.End
            ? await SubmitAsync()
            : await move.RunAsync(command.To ?? real.GetUtcNow(), SubmitAsync, http.RequestAborted);
        if (!submitted.Succeeded(out var carriedOut, out problem)) return problem;
        await store.RefreshClockAsync(http.RequestAborted);
        return Answer.Ok(new ClockAnswer(command.To, carriedOut.Receipt), ApiJson.Answers.ClockAnswer);
    }
}

/// <summary>Where a sandbox's clock is to stand.</summary>
/// <param name="Time">The time to hold it at, RFC 3339; null to let it run with the real clock.</param>
internal sealed record ClockRequest([property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? Time);

/// <summary>Where a sandbox's clock stands.</summary>
/// <param name="Time">The time it is held at; absent where it runs.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record ClockAnswer([property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? Time, ReceiptAnswer Receipt);
