using System.Text.Json;
using Ledger.Domain.Policies;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Policies;

/// <summary>Shows a version of a policy.</summary>
internal static class ShowPolicy
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/policies/{name}", HandleAsync)
        .Describe(
            Access.AnyRole, "showPolicy", "Show a policy",
            "With its document in normal form: SHA-256 over its canonical JSON (RFC 8785) is the digest. 'version' is the newest where absent.")
        .Produces<PolicyAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string name, string? version, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("version", version, 1, int.MaxValue, 0).Succeeded(out var wanted, out var problem)) return problem;
        return await store.PolicyList.FindAsync(name, wanted == 0 ? null : wanted, http.RequestAborted) is { } published
            ? Answer.Ok(new PolicyAnswer(published.Policy, published.Document), ApiJson.Answers.PolicyAnswer)
            : Problems.NotFound("policy_unknown", "there is no such version of a policy of that name", "list what is there: GET /v1/policies");
    }
}

/// <summary>A version of a policy.</summary>
/// <param name="Policy">Its name, version and digest.</param>
/// <param name="Document">Its normal form.</param>
internal sealed record PolicyAnswer(PolicyReference Policy, JsonElement Document);
