using System.Text;
using Ledger.GraphQL.Types;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Verifier;

namespace Ledger.Server.GraphQL.Log;

/// <summary>A check of something that was asked to be verified.</summary>
/// <param name="Name">What was checked, snake_case and stable.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">What was found.</param>
internal sealed record Finding(string Name, CheckOutcome Outcome, string Detail)
{
    public static Finding Of(string name, Verification verification, string good) =>
        new(name, verification.IsValid ? CheckOutcome.Passed : CheckOutcome.Failed, verification.IsValid ? good : verification.Reason ?? "it does not hold");
}

/// <summary>What verifying came to.</summary>
/// <param name="Proof">The proof that was looked at; null where there is none.</param>
/// <param name="Checks">Every check.</param>
internal sealed record Verified<T>(T? Proof, IReadOnlyList<Finding> Checks)
{
    /// <summary>Whether every check passed, and there was something to check.</summary>
    public bool IsValid => Checks.Count > 0 && Checks.All(check => check.Outcome == CheckOutcome.Passed);
}

/// <summary>Has the server verify its own log: what a client can do by itself with the proofs, for those who only want to look.</summary>
internal static class VerificationQuery
{
    private static readonly ObjectType<Finding> FindingType = new("VerificationCheck") { Description = "One thing that was checked.", CostWeight = 0.2 };

    private static readonly ObjectType<Verified<InclusionAnswer>> InclusionType = new("InclusionVerification")
    {
        Description = "Whether an event, as it is stored now, is in the log that was signed.",
    };

    private static readonly ObjectType<Verified<ConsistencyAnswer>> ConsistencyType = new("ConsistencyVerification")
    {
        Description = "Whether a tree that was signed is the beginning of a larger one.",
    };

    public static void Define(ObjectType<object> query)
    {
        FindingType.Field("name", Scalars.String.NonNull(), check => check.Name).Describe("What was checked; stable.");
        FindingType.Field("outcome", Enums.CheckOutcome.NonNull(), check => check.Outcome).Describe("What came of it.");
        FindingType.Field("detail", Scalars.String.NonNull(), check => check.Detail).Describe("What was found.");
        DefineVerified(InclusionType, ProofTypes.Inclusion);
        DefineVerified(ConsistencyType, ProofTypes.Consistency);

        query.AsyncField("verifyInclusion", InclusionType, async (_, context) => await InclusionAsync(context))
            .Argument("sequence", LedgerScalars.Long.NonNull(), description: "The event's place in the log, from 1.")
            .Argument("treeSize", LedgerScalars.Long, description: "The size of a tree that the log signed a checkpoint over; the newest where it is not given.")
            .Argument("leafHash", LedgerScalars.LeafHash, description: "The leaf hash that you hold, from a receipt: checked against the event's.")
            .Describe("Verifies that an event is in the log: its leaf is made again from the row as it is stored now, and proved under the signed checkpoint. Null where there is no such event that is yours to see.")
            .Cost(10);
        query.AsyncField("verifyConsistency", ConsistencyType.NonNull(), async (_, context) => await ConsistencyAsync(context))
            .Argument("from", LedgerScalars.Long.NonNull(), description: "The size of the smaller tree.")
            .Argument("to", LedgerScalars.Long, description: "The size of the larger tree; the newest where it is not given.")
            .Argument("fromRoot", LedgerScalars.LeafHash, description: "The root that you hold of the smaller tree: checked against the log's.")
            .Describe("Verifies that a tree that was signed is the beginning of a larger one: that nothing was changed or taken out between the two.").Cost(10);
        query.AsyncField("consistencyProof", ProofTypes.Consistency, async (_, context) => await ConsistencyProofAsync(context))
            .Argument("from", LedgerScalars.Long.NonNull(), description: "The size of the smaller tree, or 0.")
            .Argument("to", LedgerScalars.Long, description: "The size of the larger tree; the newest where it is not given.")
            .Describe("The proof that a tree is the beginning of a larger one; null where one of them was never signed, or the first is the larger.").Cost(5);
    }

    private static void DefineVerified<T>(ObjectType<Verified<T>> type, ObjectType<T> proof)
        where T : class
    {
        type.Field("valid", Scalars.Boolean.NonNull(), verified => verified.IsValid).Describe("Whether every check passed.");
        type.Field("checks", FindingType.NonNull().List().NonNull(), verified => verified.Checks).Describe("Every check.").Sized(new ListSize(4, [], [], false));
        type.Field("proof", proof, verified => verified.Proof).Describe("The proof, to be checked again elsewhere; null where there is none.");
    }

    private static async ValueTask<Verified<InclusionAnswer>?> InclusionAsync(ResolverContext context)
    {
        var (sequence, size) = (context.Arguments.Get<long>("sequence"), ProofTypes.TreeSizeOf(context.Arguments));
        if (sequence < 1 || await context.Loaders().Events.LoadAsync(sequence) is not { } stored || !context.Asking().Covers(stored.Stream)) return null;
        if (await context.Loaders().Inclusions.LoadAsync((sequence, size)) is not { } proof)
            return new Verified<InclusionAnswer>(null, [new Finding("proof", CheckOutcome.NotEvaluated, "no tree of that size was signed, or it does not have the event")]);

        var leaf = stored.LeafHash();
        List<Finding> checks =
        [
            new("leaf", leaf == proof.LeafHash ? CheckOutcome.Passed : CheckOutcome.Failed, leaf == proof.LeafHash ? "the stored event is what was sealed" : $"the stored event has the leaf hash {leaf}; {proof.LeafHash} was sealed"),
            Finding.Of("inclusion", InclusionProof.Verify(proof.LeafIndex, proof.TreeSize, leaf, [.. proof.Hashes], proof.Root), $"it is leaf {proof.LeafIndex} of the tree of {proof.TreeSize}"),
            Signature(context.Asking().Store, proof.Checkpoint, proof.TreeSize, proof.Root),
        ];
        if (context.Arguments["leafHash"].IsNullOrUndefined) return new Verified<InclusionAnswer>(proof, checks);
        var claimed = context.Arguments.Get<Hash>("leafHash");
        checks.Add(new("claimed_leaf", claimed == leaf ? CheckOutcome.Passed : CheckOutcome.Failed, claimed == leaf ? "it is the leaf hash that you hold" : $"the event's leaf hash is {leaf}"));
        return new Verified<InclusionAnswer>(proof, checks);
    }

    private static async ValueTask<Verified<ConsistencyAnswer>?> ConsistencyAsync(ResolverContext context)
    {
        if (await ConsistencyProofAsync(context) is not { } proof)
            return new Verified<ConsistencyAnswer>(null, [new Finding("proof", CheckOutcome.NotEvaluated, "one of the trees was never signed, or the first is the larger")]);
        List<Finding> checks =
        [
            Finding.Of("consistency", ConsistencyProof.Verify(proof.From, proof.To, proof.FromRoot, proof.ToRoot, [.. proof.Hashes]), $"the tree of {proof.From} is the beginning of the tree of {proof.To}"),
            Signature(context.Asking().Store, proof.Checkpoint, proof.To, proof.ToRoot),
        ];
        if (context.Arguments["fromRoot"].IsNullOrUndefined) return new Verified<ConsistencyAnswer>(proof, checks);
        var claimed = context.Arguments.Get<Hash>("fromRoot");
        checks.Add(new("claimed_root", claimed == proof.FromRoot ? CheckOutcome.Passed : CheckOutcome.Failed, claimed == proof.FromRoot ? "it is the root that you hold" : $"the root of that tree is {proof.FromRoot}"));
        return new Verified<ConsistencyAnswer>(proof, checks);
    }

    private static async ValueTask<ConsistencyAnswer?> ConsistencyProofAsync(ResolverContext context) => context.Arguments.Get<long>("from") is var from and >= 0
        ? await context.ReadAsync(store => store.Log.ConsistencyAsync(from, context.Arguments.Get<long?>("to"), context.CancellationToken))
        : throw new FieldException("A tree has no negative size.", Codes.BadArgument);

    private static Finding Signature(LedgerStore store, string note, long size, Hash root)
    {
        var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes(note), store.Origin, store.VerifierKey, out var checkpoint);
        return verification.IsValid && (checkpoint!.Size != size || checkpoint.Root != root)
            ? new Finding("checkpoint", CheckOutcome.Failed, "the checkpoint is over another tree")
            : Finding.Of("checkpoint", verification, $"the checkpoint is signed by {store.VerifierKey}");
    }
}
