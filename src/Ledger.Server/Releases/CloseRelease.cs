using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Releases;

/// <summary>Ends a release. Nothing is appended to it afterwards.</summary>
internal static class CloseRelease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/close", HandleAsync)
        .Describe(
            Access.AnyRole, "closeRelease", "Close a release",
            "Says how the release ended. A closed release takes no more events. Roles: release-manager, admin.")
        .Accepts<CloseRequest>("application/json")
        .Appends<CloseAnswer>();

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, CommandDesk desk)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.CloseRequest);
        if (!read.Succeeded(out var body, out problem)) return problem;

        var submitted = await desk.SubmitAsync(http, body.Bytes, new ReleaseCommand.Close(release, body.Value.Outcome, FreeText.Redact(body.Value.Reason)));
        return submitted.Succeeded(out var appended, out problem)
            ? Answer.Created(new CloseAnswer(release.ToString(), body.Value.Outcome, ReceiptAnswer.Of(appended.Receipt)), ApiJson.Answers.CloseAnswer)
            : problem;
    }
}

/// <summary>How a release ended.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Reason">In a sentence.</param>
internal sealed record CloseRequest(CloseOutcome Outcome, string Reason);

/// <summary>A release was closed.</summary>
/// <param name="Release">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record CloseAnswer(string Release, CloseOutcome Outcome, ReceiptAnswer Receipt);
