using Ledger.Domain;
using Ledger.Domain.Policies;
using Ledger.Intake;
using Ledger.Store.Append;

namespace Ledger.Server.Http;

/// <summary>The problems of the API, and which status each code has.</summary>
internal static class Problems
{
    private const int RetrySeconds = 1;

    public static Problem Of(Refusal refusal) => new(StatusOf(refusal.Code), refusal.Code, refusal.Message, refusal.Hint);

    public static Problem Of<T>(IntakeResult<T>.Refused refused) => new(StatusOf(refused.Code), refused.Code, refused.Message, refused.Hint);

    public static Problem Of(ReadResult.Refused refused) => new(StatusOf(refused.Code), refused.Code, refused.Message, refused.Hint);

    /// <summary>What the caller is told when nothing was appended, or nobody knows whether it was.</summary>
    public static Problem Of(AppendResult result, string? refusing) => result switch
    {
        AppendResult.Refused refused => Of(refused.Refusal),
        AppendResult.Unavailable when refusing is not null => new Problem(
            StatusCodes.Status503ServiceUnavailable, "unavailable", "the ledger takes no writes: its log is not the one that it signed", "ask its operator; /health/ready says more")
        {
            OutcomeUnknown = false, RetryAfterSeconds = RetrySeconds,
        },
        AppendResult.Unavailable unavailable => Unavailable(unavailable.OutcomeUnknown),
        _ => Unexpected(),
    };

    public static Problem Unavailable(bool outcomeUnknown) => new(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        outcomeUnknown ? "the database did not answer; the request may have been carried out" : "the database does not answer; nothing was done",
        outcomeUnknown ? "repeat it with the same Idempotency-Key: it is carried out once" : "try again")
    {
        OutcomeUnknown = outcomeUnknown, RetryAfterSeconds = RetrySeconds,
    };

    public static Problem Unexpected() => new(
        StatusCodes.Status500InternalServerError, "unexpected", "the server failed to carry the request out", "give its operator the correlation id");

    public static Problem Malformed(string code, string detail, string? hint = null) => new(StatusCodes.Status400BadRequest, code, detail, hint);

    public static Problem NotFound(string code, string detail, string? hint = null) => new(StatusCodes.Status404NotFound, code, detail, hint);

    /// <summary>The same for a release that is not there and one that the caller may not see, so that it tells nothing about the second.</summary>
    public static Problem ReleaseUnknown(string service, string version) =>
        NotFound("release_unknown", $"there is no release '{service}/{version}'", "list what is there: GET /v1/releases");

    public static Problem OutOfScope(string what) => new(
        StatusCodes.Status403Forbidden, "service_out_of_scope", $"the token is not for {what}", "use a token whose services include it");

    public static Problem TooLarge(string code, int maximum) => new(
        StatusCodes.Status413PayloadTooLarge, code, $"the body has more than {maximum} bytes", "send less");

    public static DocumentProblem Error(string code, string path, string message, string? hint = null) =>
        new(code, path, message, hint, ProblemSeverity.Error);

    private static int StatusOf(string code) => code switch
    {
        RefusalCodes.Empty or RefusalCodes.Malformed or RefusalCodes.TooDeep or RefusalCodes.DuplicateKey or RefusalCodes.EventMalformed or RefusalCodes.AttributeMissing or RefusalCodes.AttributeInvalid
            => StatusCodes.Status400BadRequest,
        RefusalCodes.EventUnsupported => StatusCodes.Status415UnsupportedMediaType,
        "role_not_allowed" or "service_out_of_scope" or "neighbour_out_of_scope" or "role_not_held" or "opener_may_not_sign" or "reporter_may_not_sign" or "check_needs_person" or "not_your_sign_off" => StatusCodes.Status403Forbidden,
        "release_unknown" or "gate_unknown" or "policy_unknown" or "step_unknown" or "signer_unknown" or "key_unknown" or "sign_off_unknown" or "follow_up_unknown" => StatusCodes.Status404NotFound,
        "signer_exists" or "key_exists" or "key_in_use" or "key_revoked" or "state_changed" or "previous_mismatch" or "already_signed" or "sign_off_repeated" or "out_of_order" or "one_role_per_release"
            or "release_rejected" or "not_go" or "sign_offs_incomplete" or "sign_offs_stale" or "sign_offs_rejected" or "already_decided" or "outside_window" or "decide_by_passed"
            => StatusCodes.Status409Conflict,
        "release_exists" or "release_closed" or "policy_unchanged" or "idempotency_key_reused" or "event_reused" or "supersede_reason_missing"
            or "go_not_recorded" or "wrong_commit" or "wrong_digest" or "build_unknown" or "too_early" or "step_skipped" or "step_not_completed" or "step_already_taken" or "step_not_running"
            or "analysis_not_passed" or "analysis_inconclusive" or "deployment_not_started" or "deployment_under_way" or "deployment_aborted" or "deployment_paused" or "deployment_not_paused"
            or "already_promoted" or "already_fully_out" or "rollback_triggered" or "rollback_not_triggered" or "rollback_under_way" or "rollback_not_under_way" or "rolled_back" or "already_verified"
            or "not_fully_out" or "watch_over" or "measurements_repeated" or "close_not_borne_out" or "no_deadline_due" or "follow_up_early" or "not_a_sandbox" or "clock_set_back"
            or "evidence_of_other_commit" or "evidence_of_other_artifact" => StatusCodes.Status409Conflict,
        RefusalCodes.TooLarge or RefusalCodes.EventTooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
