using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Controls;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Policies;
using Ledger.Server.GraphQL.Populations;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Signers;
using Ledger.Server.GraphQL.SignOffs;
using Ledger.Server.GraphQL.Subscriptions;

namespace Ledger.Server.GraphQL;

/// <summary>The ledger's GraphQL schema: everything that can be read. What changes the log are the HTTP commands, and they alone.</summary>
internal static class LedgerSchema
{
    /// <summary>The schema. It holds no state: who asks, and of which ledger, comes with each request.</summary>
    public static Schema Instance { get; } = Create();

    /// <summary>The schema as text, as <c>schema/graphql/ledger.graphql</c> has it.</summary>
    public static string Text { get; } = SchemaPrinter.Print(Instance) + "\n";

    private static Schema Create()
    {
        var query = new ObjectType<object>("Query") { Description = "Everything that can be asked." };
        ViewerType.Define(query);
        ReleasesQuery.Define(query);
        ReleaseType.Define();
        ChainQuery.Define(query);
        PolicyType.Define(query);
        SignerType.Define(query);
        LogQuery.Define(query);
        VerificationQuery.Define(query);
        PopulationType.Define(query);
        ControlTypes.Define(query, ReleaseType.Type);
        NodeQuery.Define(query);
        return Schema.Create(new SchemaDefinition
        {
            Description = "A tamper-evident audit ledger for releases. Every state can be asked for as it was, and everything can be proved.",
            Query = query,
            Subscription = SubscriptionType.Define(),
            Types = [query],
        });
    }
}
