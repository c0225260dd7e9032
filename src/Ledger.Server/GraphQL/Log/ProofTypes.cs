using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Log;

/// <summary>Proofs over the log's tree.</summary>
internal static class ProofTypes
{
    public static ObjectType<InclusionAnswer> Inclusion { get; } = new("InclusionProof")
    {
        Description = "That a leaf is in a tree (RFC 6962, section 2.1.1). It was checked before it was handed out; check it again.",
    };

    public static ObjectType<ConsistencyAnswer> Consistency { get; } = new("ConsistencyProof")
    {
        Description = "That a tree is the beginning of a larger one (RFC 6962, section 2.1.2). It was checked before it was handed out; check it again.",
    };

    public static void Define()
    {
        Inclusion.Field("sequence", LedgerScalars.Long.NonNull(), proof => proof.Sequence).Describe("The event's place in the log, from 1.");
        Inclusion.Field("leafIndex", LedgerScalars.Long.NonNull(), proof => proof.LeafIndex).Describe("The leaf's place in the tree, from 0.");
        Inclusion.Field("leafHash", LedgerScalars.LeafHash.NonNull(), proof => proof.LeafHash).Describe("The leaf's hash, as it was sealed.");
        Inclusion.Field("treeSize", LedgerScalars.Long.NonNull(), proof => proof.TreeSize).Describe("The size of the tree.");
        Inclusion.Field("root", LedgerScalars.LeafHash.NonNull(), proof => proof.Root).Describe("The root of the tree.");
        Inclusion.Field("hashes", LedgerScalars.LeafHash.NonNull().List().NonNull(), proof => proof.Hashes.ToList()).Describe("The proof, the leaf's sibling first.");
        Inclusion.Field("checkpoint", Scalars.String.NonNull(), proof => proof.Checkpoint).Describe("The signed note over the tree.");
        Inclusion.Field("tlogProof", Scalars.String.NonNull(), proof => proof.Proof).Describe("All of it in one text (c2sp.org/tlog-proof@v1): it verifies with no server.");

        Consistency.Field("from", LedgerScalars.Long.NonNull(), proof => proof.From).Describe("The size of the smaller tree.");
        Consistency.Field("to", LedgerScalars.Long.NonNull(), proof => proof.To).Describe("The size of the larger tree.");
        Consistency.Field("hashes", LedgerScalars.LeafHash.NonNull().List().NonNull(), proof => proof.Hashes.ToList()).Describe("The proof.");
        Consistency.Field("fromRoot", LedgerScalars.LeafHash.NonNull(), proof => proof.FromRoot).Describe("The root of the smaller tree.");
        Consistency.Field("toRoot", LedgerScalars.LeafHash.NonNull(), proof => proof.ToRoot).Describe("The root of the larger tree.");
        Consistency.Field("checkpoint", Scalars.String.NonNull(), proof => proof.Checkpoint).Describe("The signed note over the larger tree.");
    }

    /// <summary>The argument <c>treeSize</c>; null where it is not given.</summary>
    /// <exception cref="FieldException">No tree has that size.</exception>
    public static long? TreeSizeOf(InputValues arguments) => arguments.Get<long?>("treeSize") is not { } size || size >= 1
        ? arguments.Get<long?>("treeSize")
        : throw new FieldException("A tree has 1 leaf or more.", Codes.BadArgument);
}
