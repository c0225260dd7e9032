using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Signers;
using Ledger.Server.GraphQL.Values;
using Ledger.Verifier.Chains;

namespace Ledger.Server.GraphQL.SignOffs;

/// <summary>A sign-off of a release at a moment.</summary>
/// <param name="Release">The release then.</param>
/// <param name="SignOff">The sign-off.</param>
/// <param name="State">Whether it counts.</param>
internal sealed record SignOffAt(ReleaseAt Release, SignOffState SignOff, LinkState State)
{
    /// <summary>Every sign-off of a release, oldest first.</summary>
    public static IEnumerable<SignOffAt> Of(ReleaseAt release)
    {
        var change = release.State.LastGateChange?.Version ?? 0;
        return release.State.Facts.SignOffs.Select(signOff => new SignOffAt(release, signOff, StateOf(signOff, change)));
    }

    private static LinkState StateOf(SignOffState signOff, long change) =>
        signOff.Withdrawn is not null ? LinkState.Withdrawn : signOff.Event.Version < change ? LinkState.Stale : LinkState.Counts;
}

/// <summary>The sign-offs of a release, as its events have them.</summary>
internal static class SignOffsOfRelease
{
    public static ObjectType<SignOffAt> Type { get; } = new("SignOff")
    {
        Description = "A person put their name to a release as it stood, by a signed statement. Whether the signature is right is the chain's verification to say.",
    };

    private static readonly ObjectType<StageAt> StageType = new("SignOffStage") { Description = "A stage of a release's sign-offs. It opens when the one before it is complete." };

    private static readonly ObjectType<SignOffEnvelope> EnvelopeType = new("Envelope") { Description = "A signed statement (DSSE 1.0.2): what was signed, byte by byte." };

    private static readonly ObjectType<EnvelopeSignature> SignatureType = new("EnvelopeSignature") { Description = "A signature of an envelope." };

    private static readonly ObjectType<SignOffWithdrawal> WithdrawalType = new("Withdrawal") { Description = "A sign-off was taken back." };

    public static void Define(ObjectType<ReleaseAt> release)
    {
        release.StateValue("signOffState", Enums.ChainState, source => source.Standing.SignOff?.State).Describe("How far its sign-offs are; null where the policy asks for none.");
        release.StateList("signOffs", Type, SignOffAt.Of)
            .Describe("Every sign-off there ever was, oldest first; those that do not count any more too.").Sized(new ListSize(6, [], [], false));
        release.StateList("signOffStages", StageType, source => (source.Standing.SignOff?.Stages ?? []).Select(stage => new StageAt(source, stage)))
            .Describe("The stages that the policy asks for, in order.").Sized(new ListSize(3, [], [], false));
        ChainType.DefineOn(release);

        DefineParts();
        NodeType.Implement(Type, signOff => GlobalId.Of(NodeKind.SignOff, signOff.SignOff.Event.Sequence));
        Type.Field("stage", Scalars.String.NonNull(), signOff => signOff.SignOff.Stage).Describe("The stage.");
        Type.Field("role", Scalars.String.NonNull(), signOff => signOff.SignOff.Role).Describe("The role signed in.");
        Type.Field("signerId", Scalars.String.NonNull(), signOff => signOff.SignOff.Signer).Describe("The signer's id.");
        Type.Field("name", Scalars.String.NonNull(), signOff => signOff.SignOff.Name).Describe("The printed name.");
        AsOfInput.Define(Type.BatchField("signer", SignerType.Type, signOff => signOff.SignOff.Signer, (ids, context) => SignerType.LoadAsync(ids, context)), "Now, where this is not given.")
            .Describe("The signer.");
        Type.Field("decision", Enums.SignOffChoice.NonNull(), signOff => signOff.SignOff.Decision).Describe("Approval or rejection.");
        OfEvent("meaning", Scalars.String.NonNull(), signed => signed.Meaning).Describe("What the signature means, in words (21 CFR 11.50).");
        Type.Field("statement", LedgerScalars.Digest.NonNull(), signOff => signOff.SignOff.Statement).Describe("SHA-256 of the signed statement: what the next sign-off links to.");
        Type.Field("at", LedgerScalars.DateTime.NonNull(), signOff => signOff.SignOff.At).Describe("When it was appended, by the server's clock.");
        Type.Field("state", Enums.LinkState.NonNull(), signOff => signOff.State).Describe("Whether it counts.");
        OfEvent("keyId", Scalars.String.NonNull(), signed => signed.Key.ToString()).Describe("The id of the key that signed it: SHA-256 of the public key.");
        OfEvent("envelope", EnvelopeType.NonNull(), signed => signed.Envelope).Describe("The statement and the signature.");
        EventType.Field(Type, "event", signOff => signOff.SignOff.Event.Sequence).Describe("The event that holds it.");
        Type.BatchField("withdrawal", WithdrawalType, signOff => signOff.SignOff.Withdrawn?.Sequence ?? 0, async (sequences, context) =>
            {
                var events = await context.Loaders().Events.LoadAsync(sequences.Where(sequence => sequence > 0));
                return (IReadOnlyDictionary<long, SignOffWithdrawal>)events.ToDictionary(
                    entry => entry.Key, entry => new SignOffWithdrawal(entry.Value, entry.Value.Recorded<ReleaseEvent.SignOffWithdrawn>().Event));
            })
            .Describe("What took it back; null while it stands.");
        Type.Field("release", ReleaseType.Type.NonNull(), signOff => signOff.Release).Describe("The release, at the same moment.");
    }

    private static FieldDefinition OfEvent<T>(string name, IOutput<T> type, Func<ReleaseEvent.SignedOff, T> get)
        where T : class => Type.BatchField(name, type, signOff => signOff.SignOff.Event.Sequence, async (sequences, context) =>
        (IReadOnlyDictionary<long, T>)(await context.Loaders().Events.LoadAsync(sequences)).ToDictionary(entry => entry.Key, entry => get(entry.Value.Recorded<ReleaseEvent.SignedOff>().Event)));

    private static void DefineParts()
    {
        StageType.Field("name", Scalars.String.NonNull(), stage => stage.Standing.Name).Describe("Its name in the policy.");
        StageType.Field("title", Scalars.String.NonNull(), stage => stage.Standing.Title).Describe("What a person calls it.");
        StageType.Field("quorum", Scalars.Int.NonNull(), stage => stage.Standing.Quorum).Describe("How many of its roles must approve.");
        StageType.Field("roles", Scalars.String.NonNull().List().NonNull(), stage => stage.Standing.Roles).Describe("The roles that may sign here.");
        StageType.Field("complete", Scalars.Boolean.NonNull(), stage => stage.Standing.Complete)
            .Describe("Whether its quorum is there, and no rejection of it waits for an answer.");
        StageType.Field("open", Scalars.Boolean.NonNull(), stage => stage.Standing.Open).Describe("Whether a sign-off may come here now.");
        StageType.Field("missingRoles", Scalars.String.NonNull().List().NonNull(), stage => stage.Standing.MissingRoles)
            .Describe("The roles that have not signed, while the quorum is not there; none when it is.");
        StageType.Field("signOffs", Type.NonNull().List().NonNull(), stage => stage.Standing.SignOffs.Select(signOff => new SignOffAt(stage.Release, signOff, LinkState.Counts)).ToList())
            .Describe("Those that count, in the order they came.").Sized(new ListSize(3, [], [], false));

        SignatureType.Field("sig", LedgerScalars.Base64.NonNull(), signature => Convert.FromBase64String(signature.Sig)).Describe("The signature.");
        EnvelopeType.Field("payloadType", Scalars.String.NonNull(), envelope => envelope.PayloadType).Describe("What the payload is.");
        EnvelopeType.Field("payload", LedgerScalars.Base64.NonNull(), envelope => Convert.FromBase64String(envelope.Payload)).Describe("The in-toto statement that was signed.");
        EnvelopeType.Field("signatures", SignatureType.NonNull().List().NonNull(), envelope => envelope.Signatures)
            .Describe("Its signatures, over the pre-authentication encoding of type and payload.");

        WithdrawalType.Field("reason", Scalars.String.NonNull(), withdrawal => withdrawal.Withdrawn.Reason).Describe("Why.");
        WithdrawalType.Field("by", Scalars.String.NonNull(), withdrawal => withdrawal.Stored.Actor().Id).Describe("Who took it back.");
        WithdrawalType.Field("event", EventType.Type.NonNull(), withdrawal => withdrawal.Stored).Describe("The event that recorded it.");
    }

    private sealed record StageAt(ReleaseAt Release, StageStanding Standing);

    private sealed record SignOffWithdrawal(Ledger.Store.Log.StoredEvent Stored, ReleaseEvent.SignOffWithdrawn Withdrawn);
}
