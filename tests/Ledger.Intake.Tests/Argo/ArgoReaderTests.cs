using System.Text;
using Ledger.Intake.Argo;

namespace Ledger.Intake.Tests.Argo;

public class ArgoReaderTests
{
    private const string Run = """
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisRun
        metadata:
          name: shop-7f-2
          namespace: web
          labels: {rollouts-pod-template-hash: 7f}
          ownerReferences: [{kind: Rollout, name: shop}]
        spec:
          metrics:
            - {name: error-rate, failureLimit: "2"}
        status:
          phase: Running
          message: still at it, ask jane.roe@example.com
          startedAt: 2026-03-02T08:00:00Z
          novelty: {a: 1}
          metricResults:
            - name: error-rate
              phase: Running
              successful: 2
              failed: 1
              error: 9
              measurements:
                - {phase: Successful, value: "[0.002]", startedAt: "2026-03-02T08:00:00Z", finishedAt: "2026-03-02T08:00:01Z"}
                - {phase: Failed, value: "0.031", finishedAt: "2026-03-02T08:00:31Z"}
                - {status: Inconclusive, value: "[0.1, 0.2]", finishedAt: "2026-03-02T08:01:01Z"}
                - {phase: Error, value: "NaN", message: no answer, finishedAt: "2026-03-02T08:01:31Z", invented: true}
                - {phase: Running, startedAt: "2026-03-02T08:02:00Z"}
        """;

    private const string Rollout = """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: shop, generation: 3}
        spec:
          strategy:
            canary:
              steps: [{setWeight: 10}, {pause: {duration: 5m}}, {setWeight: 30}, {pause: {duration: 90}}, {pause: {}}, {analysis: {templates: []}}]
          template: {spec: {containers: [{image: "example.com/shop@sha256:00"}]}}
        status:
        """;

    [Fact]
    public void An_analysis_is_read_with_its_measurements_and_what_it_no_longer_holds()
    {
        var file = Read(Run);
        var run = file.Objects.ShouldHaveSingleItem().ShouldBeOfType<ArgoObject.AnalysisRun>();
        (run.Name, run.Namespace, run.Owner, run.PodHash, run.Phase).ShouldBe(("shop-7f-2", "web", "shop", "7f", AnalysisPhase.Running));
        run.Message.ShouldBe("still at it, ask [EMAIL_REDACTED]");
        run.Ignored.ShouldBe(["status.metricResults.measurements.invented", "status.novelty"]);
        var metric = run.Metrics.ShouldHaveSingleItem();
        (metric.FailureLimit, metric.Failed, metric.Missing).ShouldBe((2, 1, 8));
        metric.Measurements.Select(measurement => measurement.Value).ShouldBe([0.002, 0.031, null, null, null]);
        metric.Measurements.Select(measurement => measurement.Phase).ShouldBe([AnalysisPhase.Successful, AnalysisPhase.Failed, AnalysisPhase.Inconclusive, AnalysisPhase.Error, AnalysisPhase.Running]);
        metric.Measurements[2].Values.ShouldBe([0.1, 0.2]);
        metric.Measurements[4].FinishedAt.ShouldBeNull();
        file.Redactions.ShouldBe(1);
        file.MediaType.ShouldBe("application/json");
        Encoding.UTF8.GetString(file.Bytes.Span).ShouldNotContain("jane.roe");
        Read(file.Bytes.ToArray()).Redactions.ShouldBe(0);
    }

    [Theory]
    [InlineData("{phase: Successful}")]
    [InlineData("{phase: Successful, metricResults: []}")]
    [InlineData("{status: Successful, metricResults: [{name: x, phase: Successful, count: 3}]}")]
    public void Success_without_a_measurement_proves_nothing(string status) =>
        One<ArgoObject.AnalysisRun>($"--- {{apiVersion: argoproj.io/v1alpha1, kind: AnalysisRun, metadata: {{name: a}}, status: {status}}}").ProvesNothingBecause.ShouldNotBeNull();

    [Theory]
    [InlineData("'0.5'", 0.5)]
    [InlineData("'[ 0.5 ]'", 0.5)]
    [InlineData("0.5", 0.5)]
    [InlineData("[0.5]", 0.5)]
    [InlineData("'1e-3'", 0.001)]
    [InlineData("'[]'", null)]
    [InlineData("'[NaN]'", null)]
    [InlineData("'[NaN, 0.5]'", null)]
    [InlineData("[.nan, 0.5]", null)]
    [InlineData("'[0.5,]'", null)]
    [InlineData("'1e400'", null)]
    [InlineData("'-0.5'", -0.5)]
    [InlineData("'+Inf'", null)]
    [InlineData("''", null)]
    [InlineData("'{\"a\":1}'", null)]
    [InlineData("'[[1]'", null)]
    [InlineData("{}", null)]
    public void A_value_is_one_finite_number_or_none(string value, double? expected) =>
        One<ArgoObject.AnalysisRun>($"--- {{apiVersion: argoproj.io/v1alpha1, kind: AnalysisRun, metadata: {{name: a}}, status: {{metricResults: [{{name: m, measurements: [{{phase: Failed, value: {value}}}]}}]}}}}")
            .Metrics[0].Measurements[0].Value.ShouldBe(expected);

    [Theory]
    [InlineData("3", true)]
    [InlineData("'3'", true)]
    [InlineData("2", false)]
    [InlineData("'58b949649c'", null)]
    [InlineData("58b949649c", null)]
    public void A_phase_counts_for_the_generation_that_was_observed(string observed, bool? isCurrent)
    {
        var rollout = One<ArgoObject.Rollout>(Rollout + $" {{phase: Healthy, observedGeneration: {observed}}}");
        rollout.IsCurrent.ShouldBe(isCurrent);
        rollout.Phase.ShouldBe(isCurrent == false ? RolloutPhase.Progressing : RolloutPhase.Healthy);
        rollout.IsPhaseDerived.ShouldBeFalse();
    }

    [Theory]
    [InlineData("{abort: true, abortedAt: '2026-03-02T08:00:00Z', currentStepIndex: 0}", RolloutPhase.Degraded, 0.0)]
    [InlineData("{pauseConditions: [{reason: CanaryPauseStep}], currentStepIndex: 1}", RolloutPhase.Paused, 0.1)]
    [InlineData("{controllerPause: true, currentStepIndex: 4}", RolloutPhase.Paused, 0.3)]
    [InlineData("{conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}], currentStepIndex: 2}", RolloutPhase.Degraded, 0.3)]
    [InlineData("{currentStepIndex: 6, stableRS: a, currentPodHash: a}", RolloutPhase.Healthy, 1.0)]
    [InlineData("{currentStepIndex: 6, stableRS: a, currentPodHash: b}", RolloutPhase.Progressing, 1.0)]
    [InlineData("{currentStepIndex: 3, canary: {weights: {canary: {weight: 20}}}}", RolloutPhase.Progressing, 0.2)]
    [InlineData("{phase: Splendid, currentStepIndex: 99}", RolloutPhase.Unknown, null)]
    public void An_older_rollout_tells_its_phase_by_its_conditions(string status, RolloutPhase phase, double? weight)
    {
        var rollout = One<ArgoObject.Rollout>(Rollout + " " + status);
        rollout.Phase.ShouldBe(phase);
        rollout.Weight.ShouldBe(weight);
        rollout.Images.ShouldBe(["example.com/shop@sha256:00"]);
        rollout.Steps.Select(step => (step.Kind, step.Weight, step.Pause?.TotalSeconds)).ShouldBe(
            [("setWeight", 0.1, null), ("pause", null, 300), ("setWeight", 0.3, null), ("pause", null, 90), ("pause", null, null), ("analysis", null, null)]);
    }

    [Fact]
    public void An_application_says_what_runs_and_not_more_than_it_knows()
    {
        var known = One<ArgoObject.Application>("""
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"shop"},"status":{"sync":{"status":"OutOfSync","revision":"0123456789abcdef0123456789abcdef01234567"},
             "health":{"status":"Degraded"},"history":[{"revision":"a"},{"revision":"b","deployedAt":"2026-03-02T08:00:00Z"}],"summary":{"images":["i"]},"operationState":{"phase":"Succeeded"}}}
            """);
        (known.IsSynced, known.IsHealthy, known.DeployedRevision, known.OperationPhase).ShouldBe((false, false, "b", "Succeeded"));
        var unknown = One<ArgoObject.Application>("""{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"shop"},"status":{"sync":{"status":"Unknown"},"health":{"status":"Unknown"}}}""");
        (unknown.IsSynced, unknown.IsHealthy, unknown.DeployedRevision, unknown.Revisions.Count).ShouldBe((null, null, null, 0));
    }

    [Fact]
    public void Several_objects_come_as_a_list_or_as_documents_of_one_stream()
    {
        Read("""{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod"},{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"a"}}]}""").OtherKinds.ShouldBe(["Pod"]);
        Read(Run + "\n---\n" + Rollout + " {phase: Paused}").Objects.Select(found => found.Kind).ShouldBe(["AnalysisRun", "Rollout"]);
    }

    [Theory]
    [InlineData("", RefusalCodes.Empty)]
    [InlineData("<a/>", RefusalCodes.Malformed)]
    [InlineData("a: [", RefusalCodes.Malformed)]
    [InlineData("[]", RefusalCodes.DocumentUnrecognised)]
    [InlineData("text", RefusalCodes.DocumentUnrecognised)]
    [InlineData("--- {apiVersion: v1, kind: Pod}", RefusalCodes.DocumentUnrecognised)]
    [InlineData("--- {apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: a}}", RefusalCodes.DocumentUnrecognised)]
    [InlineData("--- {apiVersion: argoproj.io/v1alpha1, kind: Rollout}", RefusalCodes.ToolMismatch)]
    [InlineData("--- {apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: a}, status: 7}", RefusalCodes.ToolMismatch)]
    [InlineData("--- {apiVersion: argoproj.io/v1alpha1, kind: AnalysisRun, metadata: {name: a}, status: {metricResults: [{name: m, measurements: [{finishedAt: soon}]}]}}", RefusalCodes.ToolMismatch)]
    [InlineData("--- {apiVersion: argoproj.io/v1alpha1, kind: AnalysisRun, metadata: {name: a}, status: {metricResults: [{measurements: []}]}}", RefusalCodes.ToolMismatch)]
    [InlineData("a: &x [1]\nb: *x", RefusalCodes.HasAliases)]
    [InlineData("""{"kind":"a","kind":"b"}""", RefusalCodes.DuplicateKey)]
    public void What_is_not_Argo_s_is_refused(string text, string code) => Refusal(Encoding.UTF8.GetBytes(text)).ShouldBe(code);

    [Fact]
    public void Size_and_counts_are_bounded()
    {
        Refusal(new byte[ArgoLimits.MaxBytes + 1]).ShouldBe(RefusalCodes.TooLarge);
        var one = """{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"a"}}""";
        Refusal(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(one, ArgoLimits.MaxObjects + 1))}]")).ShouldBe(RefusalCodes.TooLarge);
        var measurements = string.Join(',', Enumerable.Repeat("{}", ArgoLimits.MaxMeasurements + 1));
        Refusal(Encoding.UTF8.GetBytes($$$"""{"apiVersion":"argoproj.io/v1alpha1","kind":"AnalysisRun","metadata":{"name":"a"},"status":{"metricResults":[{"name":"m","measurements":[{{{measurements}}}]}]}}"""))
            .ShouldBe(RefusalCodes.TooManyMeasurements);
    }

    private static T One<T>(string text) where T : ArgoObject => Read(text).Objects.ShouldHaveSingleItem().ShouldBeOfType<T>();

    private static ArgoFile Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static ArgoFile Read(byte[] bytes) => ArgoReader.Read(bytes).ShouldBeOfType<IntakeResult<ArgoFile>.Read>().Value;

    private static string Refusal(byte[] bytes) => ArgoReader.Read(bytes).ShouldBeOfType<IntakeResult<ArgoFile>.Refused>().Code;
}
