using System.Text;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Integrity;
using Ledger.Integrity.Timestamps;
using Ledger.Server.Auth;
using Ledger.Server.Hosting;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Log;

/// <summary>What others say of the log's checkpoints: for those who do not take the log's word that there is only one of it.</summary>
internal static class WitnessedCheckpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/log/checkpoint/witnessed", WitnessedAsync)
            .Describe(Access.AnyRole, "witnessedCheckpoint", "The newest checkpoint that a witness cosigned", "A signed note with the log's signature and every cosignature it has (C2SP tlog-cosignature).")
            .Produces<string>(contentType: "text/plain")
            .Fails(StatusCodes.Status404NotFound);
        routes.MapGet("/v1/log/checkpoint/timestamps", TimestampsAsync)
            .Describe(
                Access.AnyRole, "checkpointTimestamps", "The timestamps of a checkpoint",
                "RFC 3161 responses over SHA-256 of the checkpoint's bytes, verifiable offline, e.g. with openssl ts. 'size' is that of the checkpoint's tree; the newest that has a timestamp where absent.")
            .Produces<TimestampsAnswer>()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> WitnessedAsync(HttpContext http, LedgerStore store) =>
        await store.Cosignatures.NewestWitnessedAsync(http.RequestAborted) is { } witnessed
            ? Results.Text(witnessed.Note, "text/plain", Encoding.UTF8)
            : Problems.NotFound("checkpoint_unknown", "no witness has cosigned a checkpoint", "the newest one, signed by the log alone, is at /checkpoint");

    private static async Task<IResult> TimestampsAsync(string? size, HttpContext http, LedgerStore store, WitnessSettings settings)
    {
        if (!Parameter.Number("size", size, 1, long.MaxValue, 0).Succeeded(out var wanted, out var problem)) return problem;
        return await store.Timestamps.FindAsync(wanted == 0 ? null : wanted, http.RequestAborted) is var (checkpoint, token)
            ? Answer.Ok(
                new TimestampsAnswer(checkpoint.Size, checkpoint.Note, [TimestampAnswer.Of(token, checkpoint.Note, settings.Timestamps?.Roots)]), ApiJson.Answers.TimestampsAnswer)
            : Problems.NotFound("timestamp_unknown", "there is no timestamp of such a checkpoint", "leave 'size' out for the newest there is");
    }
}

/// <summary>A checkpoint and its timestamps.</summary>
/// <param name="Size">The size of its tree.</param>
/// <param name="Checkpoint">The signed note: the bytes that were timestamped.</param>
/// <param name="Timestamps">Each by itself.</param>
internal sealed record TimestampsAnswer(long Size, string Checkpoint, IReadOnlyList<TimestampAnswer> Timestamps);

/// <summary>A timestamp. What it says is shown where it was verified here; else the token is there for whoever trusts its authority.</summary>
/// <param name="Token">The authority's response (RFC 3161), base64.</param>
/// <param name="Time">When the authority saw the checkpoint.</param>
/// <param name="Authority">The subject of its certificate.</param>
/// <param name="SerialNumber">The authority's number of the timestamp.</param>
internal sealed record TimestampAnswer(
    string Token, [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? Time, string? Authority, string? SerialNumber)
{
    public static TimestampAnswer Of(byte[] token, string checkpoint, TimestampAnchors? roots)
    {
        VerifiedTimestamp? verified = null;
        if (roots is not null) Timestamp.Verify(token, Hash.Sha256(Encoding.UTF8.GetBytes(checkpoint)), roots, nonce: [], out verified);
        return new TimestampAnswer(Convert.ToBase64String(token), verified?.Time, verified?.Authority, verified?.SerialNumber);
    }
}
