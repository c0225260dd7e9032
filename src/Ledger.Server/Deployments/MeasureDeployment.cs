using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Rollbacks;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Deployments;

/// <summary>Takes measurements of the running service.</summary>
internal static class MeasureDeployment
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/deployment/measurements", HandleAsync)
        .Describe(
            Access.AnyRole, "measureDeployment", "Report measurements of a deployment",
            "1 to 200 of them. Metric, time and source say which measurement one is: what is there already is left out, and where nothing is new the answer is 200 without a receipt. "
            + "Rollback rules are computed from what is stored; those that fire are named. Roles: ci, release-manager, admin.")
        .Accepts<MeasurementsRequest>("application/json")
        .Appends<MeasurementsAnswer>()
        .Produces<MeasurementsAnswer>();

    // A release is measured all the time: the answer says what came of it, and leaves the go/no-go to those who ask for it.
    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, CommandDesk desk)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.MeasurementsRequest);
        if (!read.Succeeded(out var body, out problem)) return problem;

        IReadOnlyList<Sample> samples = [.. body.Value.Measurements.Select(Sampled)];
        var submitted = await desk.SubmitAsync(http, body.Bytes, new DeploymentCommand.Measure(release, samples));
        if (!submitted.Succeeded(out var carriedOut, out problem))
            return problem.Code == "measurements_repeated" ? Answer.Ok(new MeasurementsAnswer(0, samples.Count, []), ApiJson.Answers.MeasurementsAnswer) : problem;

        // An answer that is given again tells of nothing new.
        var events = carriedOut.Appended.Events;
        var recorded = events.OfType<DeploymentEvent.Measured>().SelectMany(measured => measured.Measurements).ToList();
        return Answer.Created(
            new MeasurementsAnswer(
                recorded.Count, samples.Count - recorded.Count, [.. events.OfType<RollbackEvent.Triggered>().Select(fired => fired.Rule)], carriedOut.Receipt, recorded.Count(sample => sample.IsUncounted),
                events.Select(happened => happened switch { DeploymentEvent.Paused paused => paused.Reason, DeploymentEvent.Aborted aborted => aborted.Reason, _ => null }).FirstOrDefault(reason => reason is not null)),
            ApiJson.Answers.MeasurementsAnswer);
    }

    private static Sample Sampled(MeasurementRequest request) => new(
        request.Metric, request.At, FreeText.Redact(request.Source), request.Unit, request.Value, FreeText.Redact(request.Id), FreeText.Redact(request.Because),
        request.Baseline ? SampleTiming.Baseline : null);
}

/// <summary>Measurements of the running service.</summary>
internal sealed record MeasurementsRequest(IReadOnlyList<MeasurementRequest> Measurements);

/// <summary>One of them.</summary>
/// <param name="Metric">The metric, as the policy names it.</param>
/// <param name="At">When it was taken, by its source's clock.</param>
/// <param name="Source">Who took it.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="Value">Absent where the source could not tell.</param>
/// <param name="Id">What the source calls it.</param>
/// <param name="Because">Why there is no value.</param>
/// <param name="Baseline">Whether it is of the time before the release, to compare with.</param>
internal sealed record MeasurementRequest(
    string Metric,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    string Source,
    Unit Unit,
    double? Value = null,
    string? Id = null,
    string? Because = null,
    bool Baseline = false);

/// <summary>What came of them.</summary>
/// <param name="Recorded">How many are new.</param>
/// <param name="Repeated">How many were there already.</param>
/// <param name="Triggered">The rollback rules that fired.</param>
/// <param name="Receipt">Where the last event of it stands in the log; absent where nothing is new.</param>
/// <param name="Uncounted">How many of the new ones count for no rule and no analysis: of a time before the deployment, still to come, or too long ago to be put in order.</param>
/// <param name="Stopped">Why the rollout was paused, or given up, by an analysis that failed with them; absent where it was not.</param>
internal sealed record MeasurementsAnswer(int Recorded, int Repeated, IReadOnlyList<string> Triggered, ReceiptAnswer? Receipt = null, int Uncounted = 0, string? Stopped = null);
