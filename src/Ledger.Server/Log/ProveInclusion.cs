using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Log;

/// <summary>Proves that an event is in the log.</summary>
internal static class ProveInclusion
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/proofs/inclusion", HandleAsync)
        .Describe(
            Access.AnyRole, "proveInclusion", "Prove that an event is in the log",
            "An inclusion proof (RFC 6962, section 2.1.1) under a signed checkpoint, also as a c2sp.org/tlog-proof@v1 text that verifies offline. "
            + "'treeSize' is a size that was signed; the newest where absent.")
        .Produces<InclusionProofAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string? sequence, string? treeSize, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("sequence", sequence, 1, "name the event: ?sequence=N").Succeeded(out var number, out var problem)) return problem;
        if (!Parameter.Number("treeSize", treeSize, 1, long.MaxValue, 0).Succeeded(out var size, out problem)) return problem;

        return await store.Log.InclusionAsync(number, size == 0 ? null : size, http.RequestAborted) is { } proof
            ? Answer.Ok(
                new InclusionProofAnswer(
                    proof.Sequence, proof.LeafIndex, proof.LeafHash.ToString(), proof.TreeSize, [.. proof.Hashes.Select(hash => hash.ToString())], proof.Checkpoint, proof.Proof),
                ApiJson.Answers.InclusionProofAnswer)
            : Problems.NotFound("proof_unknown", "there is no such event in a signed tree of that size", "leave 'treeSize' out to prove it in the newest tree");
    }
}

/// <summary>That an event is in the log.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="LeafIndex">Its leaf's place in the tree, from 0.</param>
/// <param name="LeafHash">RFC 6962 hash of its leaf.</param>
/// <param name="TreeSize">The tree it is proved in.</param>
/// <param name="Hashes">The proof, the leaf's sibling first.</param>
/// <param name="Checkpoint">The signed note over that tree.</param>
/// <param name="Proof">All of it in one text (c2sp.org/tlog-proof@v1).</param>
internal sealed record InclusionProofAnswer(
    long Sequence, long LeafIndex, string LeafHash, long TreeSize, IReadOnlyList<string> Hashes, string Checkpoint, string Proof);
