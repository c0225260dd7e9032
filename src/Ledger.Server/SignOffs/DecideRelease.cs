using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Store;
using Ledger.Verifier.Chains;

namespace Ledger.Server.SignOffs;

/// <summary>Records GO or NO_GO, with the policy and every event that it rests on.</summary>
internal static class DecideRelease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/decision", HandleAsync)
        .Describe(
            Access.AnyRole, "decideRelease", "Decide GO or NO_GO",
            "GO is taken where the release may go, in its time, and its sign-off chain verifies. 'emergency' lets it go before the approvals are complete, where the policy allows that: "
            + "they must follow by 'approveBy'. NO_GO needs a reason. Roles: release-manager, admin.")
        .Accepts<DecideRequest>("application/json")
        .Appends<DecidedAnswer>();

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, CommandDesk desk, ChainReader chains, LedgerStore store)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.DecideRequest);
        if (!read.Succeeded(out var body, out problem)) return problem;
        var request = body.Value;
        if (request.Verdict == Verdict.Pending)
            return new Problem(StatusCodes.Status422UnprocessableEntity, "verdict_invalid", "PENDING is what a release is while nothing is decided", "decide GO or NO_GO");

        // What is in the log stays as it is, so a chain that is not broken now is not broken when the decision is appended to it.
        var go = request.Verdict == Verdict.Go;
        if (go && await chains.VerifyAsync(release, upTo: null, http.RequestAborted) is { Status: ChainStatus.Invalid } broken)
        {
            return new Problem(
                StatusCodes.Status409Conflict, "chain_invalid", $"the release's sign-off chain does not verify: {broken.Detail}",
                "look at every check: GET …/sign-offs/verification; have the log audited");
        }

        var submitted = await desk.SubmitAsync(
            http, body.Bytes, new ReleaseCommand.Decide(release, go, FreeText.Redact(request.Reason), FreeText.Redact(request.Emergency)));
        if (!submitted.Succeeded(out var carriedOut, out problem)) return await AwaitedSigners.NameAsync(problem, release, store, http.RequestAborted);
        var readBack = await CommandDesk.ReadBackAsync(async () => await store.Events.FindAsync(carriedOut.Receipt.Sequence, http.RequestAborted));
        if (!readBack.Succeeded(out var stored, out problem)) return problem;
        var made = stored.Recorded<ReleaseEvent.DecisionMade>().Event;
        return Answer.Created(new DecidedAnswer(made.Verdict, made.Inputs, made.Emergency?.ApproveBy, carriedOut.Receipt), ApiJson.Answers.DecidedAnswer);
    }
}

/// <summary>A decision to be recorded.</summary>
/// <param name="Verdict">GO or NO_GO.</param>
/// <param name="Reason">Why; needed for NO_GO.</param>
/// <param name="Emergency">Why it must go before its approvals are complete.</param>
internal sealed record DecideRequest(Verdict Verdict, string? Reason = null, string? Emergency = null);

/// <summary>A decision was recorded.</summary>
/// <param name="Verdict">GO or NO_GO.</param>
/// <param name="Inputs">Every event it rests on.</param>
/// <param name="ApproveBy">For an emergency: until when every approval must be there.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record DecidedAnswer(
    Verdict Verdict, IReadOnlyList<EventReference> Inputs, [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? ApproveBy, ReceiptAnswer Receipt);
