using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Releases;

/// <summary>A release as it is lived: commands go in, accepted events are folded one by one, and the clock moves on by a minute.</summary>
internal sealed class Story(PublishedPolicy policy)
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly ReleaseId Release = ReleaseId.TryCreate("shop", "1.2.3")!;
    public static readonly Digest Image = TestDigest.Of(0x11);
    public static readonly Digest Sidecar = TestDigest.Of(0x22);

    private readonly List<Recorded<ReleaseEvent>> _events = [];

    public static ReleaseCommand.Open Opening { get; } = new(
        Release, "web", Commit, [new Artifact("shop", Image), new Artifact("sidecar", Sidecar)], "production");

    public PublishedPolicy Policy { get; } = policy;

    public DateTimeOffset Now { get; private set; } = Start;

    public ReleaseState? State { get; private set; }

    public IReadOnlyList<Recorded<ReleaseEvent>> Events => _events;

    /// <summary>A release that nobody has opened.</summary>
    public static Story NotOpened(PublishedPolicy? policy = null) => new(policy ?? TestPolicy.Published);

    /// <summary>A release that was opened at <see cref="Start"/>.</summary>
    public static Story Opened(PublishedPolicy? policy = null, DateTimeOffset? decideBy = null, MaintenanceWindow? window = null)
    {
        var story = NotOpened(policy);
        return story.Do(Opening with { Policy = story.Policy.Reference.Name, DecideBy = decideBy, Window = window });
    }

    /// <summary>A release for which everything is in and good.</summary>
    public static Story Ready(PublishedPolicy? policy = null, DateTimeOffset? decideBy = null, MaintenanceWindow? window = null) =>
        Opened(policy, decideBy, window)
            .Report("load", TestReport.K6())
            .Report("scan", TestReport.Trivy())
            .Report("sast", TestReport.Bandit())
            .Report("sast", TestReport.Sarif())
            .Attest("sast")
            .Attest("backup")
            .Attest("redis")
            .Attest("freeze");

    public static Story Closed() => Opened().Do(new ReleaseCommand.Close(Release, CloseOutcome.Abandoned, "not needed"));

    /// <summary>What the decider says, without anything happening.</summary>
    public Decision Try(ReleaseCommand command, Role role = Role.Admin) =>
        ReleaseDecider.Decide(command, State, new DecisionContext(new Actor("somebody", role), Now, Policy));

    /// <summary>The code with which the command is refused; fails when it is accepted.</summary>
    public string Refusal(ReleaseCommand command, Role role = Role.Admin) => Try(command, role).ShouldBeOfType<Decision.Refused>().Refusal.Code;

    /// <summary>Lets the command happen; fails when it is refused.</summary>
    public Story Do(ReleaseCommand command, Role role = Role.Admin)
    {
        var decision = Try(command, role);
        foreach (var happened in decision.ShouldBeOfType<Decision.Accepted>((decision as Decision.Refused)?.Refusal.Message).Events)
        {
            // Every other place in the log belongs to somebody else's stream.
            var recorded = new Recorded<ReleaseEvent>((_events.Count * 2) + 1, _events.Count + 1, Now, new Actor("somebody", role), (ReleaseEvent)happened);
            _events.Add(recorded);
            State = ReleaseFold.Evolve(State, recorded);
        }

        Now += TimeSpan.FromMinutes(1);
        return this;
    }

    public Story At(DateTimeOffset time)
    {
        Now = time;
        return this;
    }

    public Story Report(string gate, ReportContent report, string? supersede = null) => Do(new ReleaseCommand.ReportGate(Release, gate, report, supersede));

    public Story Attest(string gate, bool met = true, string? supersede = null, params string[] checks) =>
        Do(new ReleaseCommand.AttestGate(Release, gate, checks, met, "seen with my own eyes", null, supersede));

    public Story Waive(string gate, DateTimeOffset? until = null) =>
        Do(new ReleaseCommand.WaiveGate(Release, gate, "the owner", "the reason", "the control", until ?? Start.AddDays(1)));

    public TEvent Last<TEvent>()
        where TEvent : ReleaseEvent => _events[^1].Event.ShouldBeOfType<TEvent>();

    public ReleaseStanding Standing(DateTimeOffset? at = null) => ReleaseJudge.Judge(State!, Policy, at ?? Now);

    public GateStanding Gate(string name, DateTimeOffset? at = null) => Standing(at).Gates.Single(gate => gate.Name == name);

    public ConditionStanding Condition(string name) => Standing().Conditions.Single(condition => condition.Name == name);

    /// <summary>The reasons as <c>code subject</c>.</summary>
    public IReadOnlyList<string> Reasons(DateTimeOffset? at = null) => [.. Standing(at).Reasons.Select(reason => $"{reason.Code} {reason.Subject}".TrimEnd())];
}
