using System.Text;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Integrity.Merkle;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Log;

/// <summary>Shows an event by its place in the log, with the bytes that the log commits to.</summary>
internal static class ShowEvent
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/events/{sequence}", HandleAsync)
        .Describe(Access.AnyRole, "showEvent", "Show an event's leaf", "The canonical leaf: its hash is SHA-256 over a zero byte and its UTF-8 (RFC 6962).")
        .Produces<EventAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string sequence, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("sequence", sequence, 1, long.MaxValue, 1).Succeeded(out var number, out var problem)) return problem;
        var stored = await store.Events.FindAsync(number, http.RequestAborted);
        if (stored is null || !http.Caller().CoversStream(stored.Stream)) return Problems.NotFound("event_unknown", $"there is no event {number}");

        var leaf = stored.Leaf();
        return Answer.Ok(
            new EventAnswer(stored.Sequence, stored.Sequence - 1, Encoding.UTF8.GetString(leaf), MerkleHash.Leaf(leaf).ToString(), stored.Stream, stored.Version, stored.Type, stored.At),
            ApiJson.Answers.EventAnswer);
    }
}

/// <summary>An event and its leaf.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="LeafIndex">Its leaf's place in the tree, from 0.</param>
/// <param name="Leaf">The canonical leaf (RFC 8785).</param>
/// <param name="LeafHash">RFC 6962 hash of the leaf.</param>
/// <param name="Stream">The stream's key.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Type">What happened, snake_case.</param>
/// <param name="At">When it was appended.</param>
internal sealed record EventAnswer(
    long Sequence,
    long LeafIndex,
    string Leaf,
    string LeafHash,
    string Stream,
    long Version,
    string Type,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At);
