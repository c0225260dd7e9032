using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Verifier.Chains;

namespace Ledger.Server.GraphQL.SignOffs;

/// <summary>A release's sign-off chain, verified from its events alone.</summary>
internal static class ChainType
{
    public static ObjectType<ChainReport> Type { get; } = new("SignOffChain")
    {
        Description = "What verifying a release's sign-offs came to: every link with every check, from the events alone.",
    };

    private static readonly ObjectType<StageReport> StageType = new("SignOffChainStage") { Description = "A stage of the chain." };

    private static readonly ObjectType<LinkReport> LinkType = new("SignOffLink") { Description = "One sign-off, as its event states it, and what was found when it was checked." };

    private static readonly ObjectType<LinkCheckReport> CheckType = new("LinkCheck") { Description = "One check of a link.", CostWeight = 0.2 };

    public static void DefineOn(ObjectType<ReleaseAt> release)
    {
        AsOfInput.Define(release.Field("signOffChain", Type, new ChainResolver()), "Where this is not given, as the release itself was asked for.")
            .Describe("Its sign-off chain, verified. Null before it was opened.").Cost(5);

        StageType.Field("name", Scalars.String.NonNull(), stage => stage.Name).Describe("Its name in the policy.");
        StageType.Field("title", Scalars.String.NonNull(), stage => stage.Title).Describe("What a person calls it.");
        StageType.Field("quorum", Scalars.Int.NonNull(), stage => stage.Quorum).Describe("How many of its roles must approve.");
        StageType.Field("complete", Scalars.Boolean.NonNull(), stage => stage.Complete).Describe("Whether they have.");

        CheckType.Field("name", Enums.LinkCheck.NonNull(), check => check.Name).Describe("What was checked.");
        CheckType.Field("outcome", Enums.CheckOutcome.NonNull(), check => check.Outcome).Describe("What came of it.");
        CheckType.Field("detail", Scalars.String.NonNull(), check => check.Detail).Describe("What was found.");

        LinkType.Field("sequence", LedgerScalars.Long.NonNull(), link => link.Sequence).Describe("Its place in the log, from 1.");
        LinkType.Field("stage", Scalars.String.NonNull(), link => link.Stage).Describe("The stage.");
        LinkType.Field("role", Scalars.String.NonNull(), link => link.Role).Describe("The role signed in.");
        LinkType.Field("signerId", Scalars.String.NonNull(), link => link.Signer).Describe("The signer's id.");
        LinkType.Field("name", Scalars.String.NonNull(), link => link.Name).Describe("The printed name.");
        LinkType.Field("decision", Enums.SignOffChoice.NonNull(), link => link.Decision).Describe("Approval or rejection.");
        LinkType.Field("statement", LedgerScalars.Digest.NonNull(), link => link.Statement).Describe("SHA-256 of the statement.");
        LinkType.Field("previous", LedgerScalars.Digest, link => link.Previous).Describe("The statement of the sign-off before; null for the first.");
        LinkType.Field("at", LedgerScalars.DateTime.NonNull(), link => link.At).Describe("When it was appended.");
        LinkType.Field("state", Enums.LinkState.NonNull(), link => link.State).Describe("Whether it counts.");
        LinkType.Field("checks", CheckType.NonNull().List().NonNull(), link => link.Checks)
            .Describe("Every check, always in the same order.").Sized(new ListSize(11, [], [], false));
        EventType.Field(LinkType, "event", link => link.Sequence).Describe("The event that holds the sign-off.");

        Type.Field("release", Scalars.String.NonNull(), report => report.Release).Describe("The release's name.");
        Type.Field("ledger", Scalars.String.NonNull(), report => report.Ledger).Describe("The ledger's origin, which every statement names.");
        Type.Field("status", Enums.ChainStatus.NonNull(), report => report.Status).Describe("What it came to. Only VALID is good.");
        Type.Field("required", Scalars.Boolean.NonNull(), report => report.Required).Describe("Whether the policy asks for sign-offs.");
        Type.Field("firstReason", Scalars.String, report => report.Reason).Describe("The first reason why it is not VALID, such as `signature_failed`; null when it is.");
        Type.Field("detail", Scalars.String, report => report.Detail).Describe("That reason in words; null when it is VALID.");
        Type.Field("stages", StageType.NonNull().List().NonNull(), report => report.Stages).Describe("Every stage, in the policy's order.").Sized(new ListSize(3, [], [], false));
        Type.Field("links", LinkType.NonNull().List().NonNull(), report => report.Links)
            .Describe("Every sign-off there ever was, oldest first.").Sized(new ListSize(6, [], [], false));
    }

    private sealed class ChainResolver : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var asOf = AsOfInput.Of(context.Arguments);
            var keys = sources.Select(source => ((ReleaseAt)source!).Key is var key && asOf is not null ? key with { AsOf = asOf } : ((ReleaseAt)source!).Key).ToList();
            var reports = await context.Loaders().Chains.LoadAsync(keys);
            return [.. keys.Select(key => reports.GetValueOrDefault(key))];
        }
    }
}
