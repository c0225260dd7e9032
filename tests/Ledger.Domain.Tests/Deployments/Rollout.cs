using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Watches;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Deployments;

/// <summary>A deployment as it is lived, told in seconds since it started.</summary>
internal sealed class Rollout
{
    public const string Prometheus = "prometheus";

    private Rollout(Story story) => (Story, Start) = (story, story.Now);

    public static PublishedPolicy Policy { get; } = TestPolicy.Publish(TestPolicy.Document with
    {
        Analyses =
        [
            new Analysis("errors", "Errors", "error_rate", Comparator.Less, Of("0.5%"), Of("30s"), 2, 1, null),
            new Analysis("latency", "Latency", "p95", Comparator.Less, Of("150ms"), Of("30s"), 2, 0, 1),
        ],
        Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null,
        [
            Step("canary", "10%", "5min", 1, "errors", "latency"),
            Step("expansion", "30%", "10min", null, "errors", "latency"),
            Step("full", "100%", "1h", null),
        ]),
        Rollback = new RollbackPlan(
        [
            new RollbackRule.Sustained("slow", "Slow", "p95", Comparator.Greater, Of("150ms"), Of("5min")),
            new RollbackRule.FailuresInARow("in-a-row", "Failures in a row", 3),
            new RollbackRule.Occurrences("redis", "Redis", "redis.failures", 5, Of("5min")),
            new RollbackRule.AboveBaseline("burn", "Burn", "burn", 2),
        ], Of("5min"), "backup", Of("2min"), []),
        AfterDeployment = new WatchPlan(Of("24h"),
        [
            new Expectation("burn", "Burn", new MetricCondition("burn", Comparator.Less, Of("10%"))),
            new Expectation("no-incidents", "No incidents"),
        ]),
        Success = [new Expectation("happy", "Everybody is happy")],
    });

    public Story Story { get; }

    /// <summary>When the deployment started, or is about to.</summary>
    public DateTimeOffset Start { get; }

    public DeploymentState State => Story.State!.Deployment ?? DeploymentState.None;

    /// <summary>GO was recorded.</summary>
    public static Rollout Decided(PublishedPolicy? policy = null, MaintenanceWindow? window = null) =>
        new(Story.Ready(policy ?? Policy, window: window).Do(new ReleaseCommand.Decide(Story.Release, Go: true)));

    /// <summary>The deployment started at second 0.</summary>
    public static Rollout Started(PublishedPolicy? policy = null) => Decided(policy).Do(0, Begin());

    /// <summary>The first step began at second 0.</summary>
    public static Rollout InCanary(PublishedPolicy? policy = null) => Started(policy).Do(0, new DeploymentCommand.StartStep(Story.Release, "canary"));

    /// <summary>Everybody has it since second 1,000, and a baseline is there.</summary>
    public static Rollout FullyOut(PublishedPolicy? policy = null)
    {
        var rollout = Decided(policy);
        rollout.Do(0, new DeploymentCommand.Measure(Story.Release, [new Sample("burn", rollout.Start.AddHours(-1), Prometheus, Unit.Ratio, 0.04, Timing: SampleTiming.Baseline)]));
        rollout.Do(0, Begin()).Do(0, new DeploymentCommand.StartStep(Story.Release, "canary"));
        rollout.Good(30, 300).Do(300, new DeploymentCommand.CompleteStep(Story.Release, "canary")).Do(300, new DeploymentCommand.StartStep(Story.Release, "expansion"));
        return rollout.Good(330, 900).Do(900, new DeploymentCommand.CompleteStep(Story.Release, "expansion")).Do(1_000, new DeploymentCommand.Promote(Story.Release));
    }

    public static DeploymentCommand.Start Begin(string? commit = Story.Commit, params Artifact[] artifacts) => new(Story.Release, commit, artifacts);

    public static Quantity Of(string text) => TestPolicy.Quantity(text);

    public static DeploymentStep Step(string name, string? weight, string? duration, int? maxFailures, params string[] analyses) => new(
        name, name, weight is null ? null : Of(weight), duration is null ? null : Of(duration), analyses, maxFailures, null, null, [], []);

    public DateTimeOffset Second(double second) => Start + TimeSpan.FromMicroseconds(Math.Round(second * 1_000_000));

    public Observation Seen(double second) => new(Second(second), "argo-rollouts/shop");

    public Rollout Do(double second, ReleaseCommand command, Role role = Role.Ci)
    {
        Story.At(Second(second)).Do(command, role);
        return this;
    }

    public string Refusal(double second, ReleaseCommand command, Role role = Role.Ci) => Story.At(Second(second)).Refusal(command, role);

    public static DeploymentCommand.Measure Measures(params Sample[] samples) => new(Story.Release, samples);

    public Sample Sample(string metric, double second, double? value, string source = Prometheus) => new(metric, Second(second), source, metric switch
    {
        "p95" => Unit.Milliseconds,
        "redis.failures" => Unit.Count,
        _ => Unit.Ratio,
    }, value);

    /// <summary>A measurement that arrives as soon as it was taken.</summary>
    public Rollout Measure(string metric, double second, double? value) => Do(second, Measures(Sample(metric, second, value)));

    /// <summary>Measurements every 30 s, both ends included, with nothing wrong.</summary>
    public Rollout Good(double from, double to)
    {
        for (var second = from; second <= to; second += 30) Do(second, Measures(Sample("error_rate", second, 0.001), Sample("p95", second, 100)));
        return this;
    }

    /// <summary>The rules that fired, in that order.</summary>
    public IReadOnlyList<string> Fired => [.. State.Triggers.Select(trigger => trigger.Rule)];

    public RollbackEvent.Triggered Trigger => Story.Events.Select(recorded => recorded.Event).OfType<RollbackEvent.Triggered>().Last();

    public IReadOnlyList<string> Deviations => [.. State.Deviations.Select(deviation => $"{deviation.Code} {deviation.Subject}".TrimEnd())];

    /// <summary>The reasons at a second, as <c>code subject</c>.</summary>
    public IReadOnlyList<string> Reasons(double second) => Story.Reasons(Second(second));

    public Verdict Verdict(double second) => Story.Standing(Second(second)).Verdict;

    /// <summary>Lets what is due at a second pass; the deadlines that did.</summary>
    public IReadOnlyList<string> Pass(double second)
    {
        var before = Story.Events.Count;
        if (Story.At(Second(second)).Try(new DeadlineCommand.Pass(Story.Release)) is Decision.Accepted) Story.Do(new DeadlineCommand.Pass(Story.Release));
        return
        [
            .. Story.Events.Skip(before).Select(recorded => recorded.Event switch
            {
                DeadlineEvent.Passed passed => new Deadline(passed.Deadline, passed.Due, passed.Subject).Key,
                WatchEvent.Ended => "watch_end",
                var other => other.Type,
            }),
        ];
    }
}
