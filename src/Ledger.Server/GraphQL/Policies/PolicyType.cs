using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Policies;

/// <summary>A version of a policy. It never changes: a newer one stands beside it.</summary>
internal static class PolicyType
{
    public static ObjectType<Recorded<PolicyEvent.Published>> Type { get; } = new("Policy")
    {
        Description = "One version of what a release must pass to go. It never changes; a release pins it by its digest.",
    };

    public static ObjectType<Connection<Recorded<PolicyEvent.Published>>> Connection { get; } = ConnectionType.Of("Policy", Type, "policies");

    private static readonly ObjectType<Gate> GateType = new("PolicyGate") { Description = "A gate as a policy asks for it." };

    private static readonly ObjectType<NoGoCondition> ConditionType = new("PolicyCondition") { Description = "A NO-GO condition as a policy names it." };

    private static readonly ObjectType<SignOffStage> StageType = new("PolicyStage") { Description = "A stage of sign-offs as a policy asks for it." };

    private static readonly ObjectType<PolicyRole> RoleType = new("PolicyRole") { Description = "A capacity in which people act on a release." };

    public static void Define(ObjectType<object> query)
    {
        query.AsyncField("policy", Type, async (_, context) => await FindAsync(context))
            .Argument("name", Scalars.String.NonNull(), description: "Its name.")
            .Argument("version", LedgerScalars.Long, description: "1 for the first version; the newest where it is not given.")
            .Argument("asOf", AsOfInput.Type, description: "Of what was published by then; of everything where it is not given.")
            .Describe("A version of a policy; null where it was never published.").Cost(5);
        AsOfInput.Define(PageArguments.Define(query.AsyncField("policies", Connection.NonNull(), (_, context) => PageAsync(context))), "Now, where this is not given.")
            .Describe("The newest version of every policy, by name.").Cost(5);

        DefineParts();
        NodeType.Implement(Type, policy => GlobalId.Write(NodeKind.Policy, $"{policy.Event.Policy.Name}@{policy.Event.Policy.Version}"));
        Type.Field("name", Scalars.String.NonNull(), policy => policy.Event.Policy.Name).Describe("Its name.");
        Type.Field("version", LedgerScalars.Long.NonNull(), policy => policy.Event.Policy.Version).Describe("1 for the first version published under the name.");
        Type.Field("digest", LedgerScalars.Digest.NonNull(), policy => policy.Event.Policy.Digest).Describe("SHA-256 over the canonical JSON of its document: what pins it.");
        Type.Field("document", LedgerScalars.Json.NonNull(), policy => policy.Event.Document)
            .Describe("All of it, in normal form: gates, people, deployment, rollback, monitoring, runbook.");
        Type.Field("title", Scalars.String.NonNull(), policy => Open(policy).Title).Describe("What a person calls it.");
        Type.Field("description", Scalars.String, policy => Open(policy).Description).Describe("What it is for.");
        Type.Field("services", Scalars.String.NonNull().List().NonNull(), policy => Open(policy).Services).Describe("The services it may be used for; none for any.");
        Type.Field("gates", GateType.NonNull().List().NonNull(), policy => Open(policy).Gates).Describe("What has to be passed.").Sized(new ListSize(12, [], [], false));
        Type.Field("conditions", ConditionType.NonNull().List().NonNull(), policy => Open(policy).NoGo)
            .Describe("What must be known to be absent.").Sized(new ListSize(5, [], [], false));
        Type.Field("stages", StageType.NonNull().List().NonNull(), policy => Open(policy).SignOff)
            .Describe("The stages of sign-offs, in order; none where no sign-off is asked for.").Sized(new ListSize(3, [], [], false));
        Type.Field("roles", RoleType.NonNull().List().NonNull(), policy => Open(policy).Roles).Describe("Everyone the policy speaks of.").Sized(new ListSize(8, [], [], false));
        Type.Field("publishedAt", LedgerScalars.DateTime.NonNull(), policy => policy.At).Describe("When it was published.");
        Type.Field("publishedBy", Scalars.String.NonNull(), policy => policy.Actor.Id).Describe("Who published it.");
        EventType.Field(Type, "event", policy => policy.Sequence).Describe("The event that published it.");
        AsOfInput.Define(PageArguments.Define(Type.BatchField("versions", Connection.NonNull(), policy => policy.Event.Policy.Name, VersionsAsync)), "All of them, where this is not given.")
            .Describe("Every version published under its name, oldest first.").Cost(5);
    }

    private static Policy Open(Recorded<PolicyEvent.Published> policy) => PolicyJson.Read(policy.Event.Document) is PolicyReading.Success success
        ? success.Policy
        : throw new InvalidDataException($"version {policy.Event.Policy.Version} of the policy '{policy.Event.Policy.Name}' cannot be read by this build");

    private static async ValueTask<Recorded<PolicyEvent.Published>?> FindAsync(ResolverContext context)
    {
        var (name, version, asOf) = (context.Arguments.Get<string>("name")!, context.Arguments.Get<long?>("version"), AsOfInput.Of(context.Arguments));
        if (version is { } wanted && asOf is null) return await context.Loaders().Policies.LoadAsync((name, wanted));
        return (await context.Loaders().Versions.LoadAsync(new VersionsKey(name, asOf)))?.LastOrDefault(policy => version is null || policy.Event.Policy.Version == version);
    }

    private static async ValueTask<Connection<Recorded<PolicyEvent.Published>>?> PageAsync(ResolverContext context)
    {
        var asOf = AsOfInput.Of(context.Arguments);
        return Page(await context.ReadAsync(store => store.PolicyList.VersionsAsync(null, asOf, context.CancellationToken)), "policies ", context);
    }

    private static async ValueTask<IReadOnlyDictionary<string, Connection<Recorded<PolicyEvent.Published>>>> VersionsAsync(IReadOnlyList<string> names, ResolverContext context)
    {
        var asOf = AsOfInput.Of(context.Arguments);
        var versions = await context.Loaders().Versions.LoadAsync(names.Select(name => new VersionsKey(name, asOf)));
        return versions.ToDictionary(entry => entry.Key.Name, entry => Page(entry.Value, $"policies {entry.Key.Name}", context), StringComparer.Ordinal);
    }

    private static Connection<Recorded<PolicyEvent.Published>> Page(IReadOnlyList<Recorded<PolicyEvent.Published>> policies, string field, ResolverContext context) => Connection<Recorded<PolicyEvent.Published>>.Slice(
        policies, PageArguments.Of(context.Arguments), Question.Of(field, context.Arguments), policy => $"{policy.Event.Policy.Name}@{policy.Event.Policy.Version}");

    private static void DefineParts()
    {
        GateType.Field("name", Scalars.String.NonNull(), gate => gate.Name).Describe("Its name.");
        GateType.Field("title", Scalars.String.NonNull(), gate => gate.Title).Describe("What a person calls it.");
        GateType.Field("kind", Enums.GateKind.NonNull(), gate => gate.Kind).Describe("Whether reports or people decide it.");
        GateType.Field("required", Scalars.Boolean.NonNull(), gate => gate.Required).Describe("Whether it blocks.");
        GateType.Field("waivable", Scalars.Boolean.NonNull(), gate => gate.Waivable).Describe("Whether a waiver may stand in for it.");
        GateType.Field("criteria", Scalars.String.NonNull().List().NonNull(), gate => gate.Criteria.Select(criterion => criterion.ToString()).ToList())
            .Describe("What is measured, a line each.");
        GateType.Field("checks", Scalars.String.NonNull().List().NonNull(), gate => gate.Checks.Select(check => check.Title).ToList()).Describe("What is attested.");

        ConditionType.Field("name", Scalars.String.NonNull(), condition => condition.Name).Describe("Its name.");
        ConditionType.Field("title", Scalars.String.NonNull(), condition => condition.Title).Describe("What a person calls it.");
        ConditionType.Field("when", Scalars.String.NonNull().List().NonNull(), condition => condition.When.Select(criterion => criterion.ToString()).ToList())
            .Describe("What must hold of every report, a line each; none where a person attests its absence.");

        StageType.Field("name", Scalars.String.NonNull(), stage => stage.Name).Describe("Its name.");
        StageType.Field("title", Scalars.String.NonNull(), stage => stage.Title).Describe("What a person calls it.");
        StageType.Field("quorum", Scalars.Int.NonNull(), stage => stage.Quorum).Describe("How many of its roles must sign.");
        StageType.Field("roles", Scalars.String.NonNull().List().NonNull(), stage => stage.Roles).Describe("The roles that may sign here.");

        RoleType.Field("name", Scalars.String.NonNull(), role => role.Name).Describe("Its name.");
        RoleType.Field("title", Scalars.String.NonNull(), role => role.Title).Describe("What a person calls it.");
        RoleType.Field("holders", Scalars.String.NonNull().List(), role => role.Holders).Describe("Who may hold it, by name; null for anyone who is enrolled with it.");
    }
}
