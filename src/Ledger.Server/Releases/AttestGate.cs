using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>A person states that a gate, some of its checks, or a NO-GO condition is as it must be, or that it is not.</summary>
internal static class AttestGate
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/gates/{gate}/attestations", HandleAsync)
        .Describe(
            Access.AnyRole, "attestGate", "Attest a gate, its checks, or a NO-GO condition",
            "States that it is met ('met' is true, the default) or that it is not. Red turns green only with a reason in 'supersede'. Roles: release-manager, signer, admin.")
        .Accepts<AttestRequest>("application/json")
        .Appends<AttestAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, string gate, HttpContext http, ReleaseDesk desk) => desk.CarryOutAsync(
        http, service, version, ApiJson.Default.AttestRequest, (release, request) => Command(release, gate, request), Tell, ApiJson.Answers.AttestAnswer);

    private static Attempt<ReleaseCommand.AttestGate> Command(ReleaseId release, string gate, AttestRequest request) => new ReleaseCommand.AttestGate(
        release, gate, request.Checks ?? [], request.Met, FreeText.Redact(request.Note), FreeText.Redact(request.Evidence), FreeText.Redact(request.Supersede));

    private static AttestAnswer Tell(ReleaseCommand.AttestGate command, ReleaseView view, ReceiptAnswer receipt)
    {
        var standing = view.Standing();
        return new AttestAnswer(command.Gate, Checks(command, view.Policy.Policy), command.Met, GateOutcomeNames.Of(standing, command.Gate), standing.Verdict, receipt);
    }

    // No check named means all of them.
    private static IReadOnlyList<string> Checks(ReleaseCommand.AttestGate command, Policy policy) =>
        command.Checks.Count > 0 ? [.. command.Checks.Distinct()] : [.. policy.FindGate(command.Gate)?.Checks.Select(check => check.Name) ?? []];
}

/// <summary>What a person attests.</summary>
/// <param name="Note">What they saw.</param>
/// <param name="Checks">Which of the gate's checks; all of them where absent.</param>
/// <param name="Met">Whether it is as it must be. For a NO-GO condition: whether it is absent.</param>
/// <param name="Evidence">A URI of what they saw.</param>
/// <param name="Supersede">Why this counts in place of a red one.</param>
internal sealed record AttestRequest(string Note, IReadOnlyList<string>? Checks = null, bool Met = true, string? Evidence = null, string? Supersede = null);

/// <summary>An attestation was appended.</summary>
/// <param name="Gate">The gate or condition.</param>
/// <param name="Checks">The checks it covers.</param>
/// <param name="Met">What was attested.</param>
/// <param name="GateOutcome">How the gate stands now: passed, failed, not_evaluated, waived or pending; a condition: absent, present or not_evaluated.</param>
/// <param name="Verdict">How the release stands now.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record AttestAnswer(string Gate, IReadOnlyList<string> Checks, bool Met, string GateOutcome, Verdict Verdict, ReceiptAnswer Receipt);
