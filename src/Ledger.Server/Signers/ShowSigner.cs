using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Signers;

/// <summary>Shows who may sign, with every key they ever had.</summary>
internal static class ShowSigner
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/signers", ListAsync)
            .Describe(Access.AnyRole, "listSigners", "List signers", "By id, with their roles and every key they ever had.")
            .Produces<SignerListAnswer>();
        routes.MapGet("/v1/signers/{id}", ShowAsync)
            .Describe(Access.AnyRole, "showSigner", "Show a signer", "With every key they ever had, and whether it counts now.")
            .Produces<SignerAnswer>()
            .Fails(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext http, LedgerStore store)
    {
        var now = store.Clock.GetUtcNow();
        var signers = await store.Signers.ListAsync(http.RequestAborted);
        return Answer.Ok(new SignerListAnswer([.. signers.Select(signer => SignerAnswer.Of(signer, now))]), ApiJson.Answers.SignerListAnswer);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, LedgerStore store)
    {
        if (!SignerNames.Known(id).Succeeded(out var known, out var problem)) return problem;
        return await store.Signers.FindAsync(known, http.RequestAborted) is { } signer
            ? Answer.Ok(SignerAnswer.Of(signer, store.Clock.GetUtcNow()), ApiJson.Answers.SignerAnswer)
            : Problems.NotFound("signer_unknown", $"there is no signer '{known}'", "list who is there: GET /v1/signers");
    }
}
