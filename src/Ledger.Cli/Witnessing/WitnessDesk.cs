using System.Text;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Witnessing;

/// <summary>Answers requests to cosign (C2SP tlog-witness, "add-checkpoint"). One at a time, so that no two are decided upon the same tree.</summary>
internal sealed class WitnessDesk(Cosigner cosigner, IReadOnlyList<VerifierKey> logs, WitnessState state, TimeProvider time)
{
    private readonly Lock _deciding = new();

    /// <summary>The answer to a body of at most <see cref="AddCheckpointRequest.MaxBytes"/>.</summary>
    public WitnessAnswer Answer(ReadOnlySpan<byte> body)
    {
        if (!AddCheckpointRequest.TryParse(body, out var request, out var error)) return WitnessAnswer.Text(400, error);
        var origin = request.UnverifiedOrigin;
        List<VerifierKey> keys = [.. logs.Where(key => key.Name == origin)];
        lock (_deciding)
        {
            try
            {
                // What nobody trusts here is not looked up: a stranger's origin makes no file name.
                var latest = keys.Count == 0 ? WitnessedTree.None : state.Latest(origin);
                return Witness.Decide(request, keys, latest) switch
                {
                    WitnessDecision.Cosign cosign => Cosign(origin, cosign, latest),
                    WitnessDecision.Conflict conflict => new WitnessAnswer(conflict.Status, AddCheckpointResponse.SizeMediaType, AddCheckpointResponse.WriteSize(conflict.Size)),
                    WitnessDecision.Refuse refuse => WitnessAnswer.Text(refuse.Status, refuse.Reason.Reason!),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return WitnessAnswer.Text(500, "the witness cannot remember");
            }
        }
    }

    private WitnessAnswer Cosign(string origin, WitnessDecision.Cosign cosign, WitnessedTree latest)
    {
        // First remembered, then signed: a cosignature that was forgotten could be contradicted by the next one.
        if (cosign.Tree != latest) state.Remember(origin, cosign.Tree);
        var signature = cosigner.Cosign(cosign.Checkpoint, time.GetUtcNow().ToUnixTimeSeconds());
        return new WitnessAnswer(200, "text/plain; charset=utf-8", AddCheckpointResponse.Write(signature));
    }
}

/// <summary>What a witness answers.</summary>
internal sealed record WitnessAnswer(int Status, string MediaType, byte[] Body)
{
    public static WitnessAnswer Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));
}
