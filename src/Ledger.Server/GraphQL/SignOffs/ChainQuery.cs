using Ledger.GraphQL.Types;
using Ledger.Domain.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Verifier.Chains;

namespace Ledger.Server.GraphQL.SignOffs;

/// <summary>A release's sign-off chain, verified, for those who want nothing else of it.</summary>
internal static class ChainQuery
{
    public static void Define(ObjectType<object> query) =>
        AsOfInput.Define(query.AsyncField("verifySignOffChain", ChainType.Type, async (_, context) => await VerifyAsync(context)), "Now, where this is not given.")
            .Argument("release", Scalars.String.NonNull(), description: "The release, `service/version`.")
            .Describe("Verifies a release's sign-offs. Null where the release is not there, or not yours to see.").Cost(10);

    private static async ValueTask<ChainReport?> VerifyAsync(ResolverContext context) =>
        ReleaseId.TryParse(context.Arguments.Get<string>("release")) is { } release && context.Asking().Caller.Covers(release.Service)
            ? await context.Loaders().Chains.LoadAsync(new ReleaseKey(release, AsOfInput.Of(context.Arguments)))
            : null;
}
