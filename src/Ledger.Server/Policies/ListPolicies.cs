using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Policies;

/// <summary>Lists the newest version of each policy.</summary>
internal static class ListPolicies
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/policies", HandleAsync)
        .Describe(Access.AnyRole, "listPolicies", "List policies", "The newest version of each, by name.")
        .Produces<PolicyListAnswer>();

    private static async Task<IResult> HandleAsync(HttpContext http, LedgerStore store)
    {
        var policies = await store.PolicyList.ListAsync(http.RequestAborted);
        return Answer.Ok(
            new PolicyListAnswer([.. policies.Select(listing => new PublishedListing(listing.Policy.Name, listing.Policy.Version, listing.Policy.Digest, listing.PublishedAt))]),
            ApiJson.Answers.PolicyListAnswer);
    }
}

/// <summary>The newest version of each policy.</summary>
/// <param name="Policies">By name.</param>
internal sealed record PolicyListAnswer(IReadOnlyList<PublishedListing> Policies);

/// <summary>A policy in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The newest version.</param>
/// <param name="Digest">That version's digest.</param>
/// <param name="PublishedAt">When it was published.</param>
internal sealed record PublishedListing(
    string Name, long Version, Digest Digest, [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset PublishedAt);
