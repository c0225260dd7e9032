using Ledger.Domain;
using Ledger.Server.Auth;
using Ledger.Server.Telemetry;
using Ledger.Store;
using Ledger.Store.Append;

namespace Ledger.Server.Http;

/// <summary>Hands commands to the store, in the caller's name and under the caller's idempotency key.</summary>
internal sealed class CommandDesk(LedgerStore store, ILogger<CommandDesk> logger)
{
    /// <summary>What was appended, durably, with its receipt; or why nothing was, or that nobody knows.</summary>
    /// <param name="http">The request.</param>
    /// <param name="body">Its body: with the address, what makes a repetition the same request.</param>
    /// <param name="command">What it asks.</param>
    /// <param name="evidence">The bytes that the command names by digest.</param>
    public async ValueTask<Attempt<Submitted>> SubmitAsync(HttpContext http, ReadOnlyMemory<byte> body, LedgerCommand command, EvidenceBytes? evidence = null)
    {
        var (key, unreadable) = IdempotencyHeader.Read(http, body.Span);
        return unreadable is not null ? unreadable : await SubmitAsync(http, command, key, evidence);
    }

    /// <summary>The same under a key that is not the request's: where one request asks for several things, or its content says which it is.</summary>
    public async ValueTask<Attempt<Submitted>> SubmitAsync(HttpContext http, LedgerCommand command, IdempotencyKey? key, EvidenceBytes? evidence = null)
    {
        if (!ReceiptParameter.Read(http).Succeeded(out var withProof, out var problem)) return problem;

        AppendResult result;
        try
        {
            // A caller that gives up does not stop the append, which is why only its key can tell what came of it.
            result = await store.SubmitAsync(new Submission(http.Caller().Actor, command, key, evidence)).WaitAsync(http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return Problems.Unavailable(outcomeUnknown: true);
        }

        switch (result)
        {
            case AppendResult.Appended appended:
                if (appended.Replayed) http.Response.Headers[IdempotencyHeader.Replayed] = "true";
                var receipt = ReceiptAnswer.Of(appended.Receipt);
                if (!withProof) return new Submitted(appended, receipt);
                var proved = await ReadBackAsync(async () => await store.Log.InclusionAsync(receipt.Sequence, receipt.TreeSize, http.RequestAborted));
                return proved.Succeeded(out var proof, out problem) ? new Submitted(appended, receipt with { Proof = proof.Proof }) : problem;
            case AppendResult.Faulted faulted:
                logger.SubmissionFaulted(faulted.Exception, http.CorrelationId());
                return Problems.Unexpected();
            default:
                return Problems.Of(result, store.Refusing);
        }
    }

    /// <summary>Reads what an answer needs after its append. That the database is away by then does not undo the append.</summary>
    public static async ValueTask<Attempt<T>> ReadBackAsync<T>(Func<ValueTask<T?>> read)
        where T : notnull
    {
        try
        {
            return await read() is { } value ? value : Problems.Unexpected();
        }
        catch (Exception exception) when (exception is OperationCanceledException || RequestPipeline.IsUnavailable(exception))
        {
            return Problems.Unavailable(outcomeUnknown: true);
        }
    }
}

/// <summary>A command that was carried out.</summary>
/// <param name="Appended">What was appended.</param>
/// <param name="Receipt">What the caller is told of it.</param>
internal sealed record Submitted(AppendResult.Appended Appended, ReceiptAnswer Receipt);
