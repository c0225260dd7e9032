using System.Net;
using System.Net.Http.Headers;
using Ledger.Integrity.Notes;
using Ledger.Server.Outbound;
using Ledger.Store;

namespace Ledger.Server.Witnesses;

/// <summary>Has one witness cosign checkpoints (C2SP tlog-witness, "add-checkpoint"), and keeps what it cosigned.</summary>
internal sealed class WitnessClient(VerifierKey witness, Uri url, LedgerStore store, ILogger logger) : ICheckpointListener
{
    private readonly HttpClient _http = OutboundClient.Create(AddressRule.AlsoPrivate, AddCheckpointResponse.MaxBytes);
    private readonly Uri _addCheckpoint = new($"{url.AbsoluteUri.TrimEnd('/')}/add-checkpoint");

    /// <inheritdoc/>
    public async Task TellAsync(Note signed, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var old = await store.Cosignatures.LatestSizeAsync(witness, cancellation);
        if (old >= checkpoint.Size) return;

        // What it holds is known from its last cosignature, or from what it answers when that is not so any more: once.
        if (await AskAsync(old, signed, checkpoint, cancellation) is { } held) await AskAsync(held, signed, checkpoint, cancellation);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks with a proof from <paramref name="old"/>; answers the size that the witness holds where that is another and can be proved from.</summary>
    private async Task<long?> AskAsync(long old, Note signed, Checkpoint checkpoint, CancellationToken cancellation)
    {
        if (await store.Log.ConsistencyAsync(old, checkpoint.Size, cancellation) is not { } proof)
        {
            logger.WitnessSawAnotherTree(witness.Name, old);
            return null;
        }

        using var content = new ByteArrayContent(new AddCheckpointRequest(old, proof.Hashes, signed).ToBytes());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var answer = await _http.PostAsync(_addCheckpoint, content, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                await KeepAsync(body, signed, checkpoint, cancellation);
                return null;
            case HttpStatusCode.Conflict when AddCheckpointResponse.TryParseSize(body, out var held) && held != old:
                if (held <= checkpoint.Size) return held;
                await CheckHeldAsync(held, cancellation);
                return null;
            case HttpStatusCode.UnprocessableEntity:
                logger.WitnessSawAnotherTree(witness.Name, old);
                return null;
            default:
                logger.WitnessRefused(witness.Name, (int)answer.StatusCode);
                return null;
        }
    }

    private async Task KeepAsync(byte[] body, Note signed, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var verification = AddCheckpointResponse.Verify(body, signed, witness, out var cosigned, out _);
        if (verification.IsValid) await store.Cosignatures.AddAsync(checkpoint.Size, witness, cosigned!.Signatures[^1], cancellation);
        else logger.WitnessAnsweredWrongly(witness.Name, verification.Reason);
    }

    // Another node may have told it of a later checkpoint; a tree that is larger than the log is another matter.
    private async Task CheckHeldAsync(long held, CancellationToken cancellation)
    {
        var newest = await store.Cosignatures.NewestAsync(cancellation);
        if (newest is null || newest.Size < held) logger.WitnessSawLargerTree(witness.Name, held, newest?.Size ?? 0);
    }
}
