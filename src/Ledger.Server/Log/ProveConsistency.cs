using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Log;

/// <summary>Proves that a tree is the beginning of a larger one: nothing that was logged was changed or removed.</summary>
internal static class ProveConsistency
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/proofs/consistency", HandleAsync)
        .Describe(
            Access.AnyRole, "proveConsistency", "Prove that the log only grew",
            "A consistency proof (RFC 6962, section 2.1.2) from the tree of 'from' leaves to that of 'to' leaves, the newest where absent. Both sizes were signed.")
        .Produces<ConsistencyProofAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string? from, string? to, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("from", from, 0, "name the size of the smaller tree: ?from=A").Succeeded(out var smaller, out var problem)) return problem;
        if (!Parameter.Number("to", to, 1, long.MaxValue, 0).Succeeded(out var larger, out problem)) return problem;

        return await store.Log.ConsistencyAsync(smaller, larger == 0 ? null : larger, http.RequestAborted) is { } proof
            ? Answer.Ok(
                new ConsistencyProofAnswer(
                    proof.From, proof.To, [.. proof.Hashes.Select(hash => hash.ToString())], proof.FromRoot.ToString(), proof.ToRoot.ToString(), proof.Checkpoint),
                ApiJson.Answers.ConsistencyProofAnswer)
            : Problems.NotFound("proof_unknown", "no trees of those sizes were signed, the smaller first", "use the sizes of two checkpoints");
    }
}

/// <summary>That a tree is the beginning of a larger one.</summary>
/// <param name="From">The size of the smaller tree.</param>
/// <param name="To">The size of the larger tree.</param>
/// <param name="Hashes">The proof.</param>
/// <param name="FromRoot">The root of the smaller tree.</param>
/// <param name="ToRoot">The root of the larger tree.</param>
/// <param name="Checkpoint">The signed note over the larger tree.</param>
internal sealed record ConsistencyProofAnswer(long From, long To, IReadOnlyList<string> Hashes, string FromRoot, string ToRoot, string Checkpoint);
