using System.Text.Json;
using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Signers;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Releases;

/// <summary>A release as it is lived: commands go in, accepted events are folded one by one, and the clock moves on by a minute.</summary>
internal sealed class Story
{
    public const string Ledger = "ledger.example/log";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly ReleaseId Release = ReleaseId.TryCreate("shop", "1.2.3")!;
    public static readonly Digest Image = TestDigest.Of(0x11);
    public static readonly Digest Sidecar = TestDigest.Of(0x22);

    private readonly List<Recorded<ReleaseEvent>> _events = [];
    private long _sequence;

    public Story(PublishedPolicy policy) => (Policy, People) = (policy, new People(() => ++_sequence));

    public static ReleaseCommand.Open Opening { get; } = new(
        Release, "web", Commit, [new Artifact("shop", Image), new Artifact("sidecar", Sidecar)], "production");

    public PublishedPolicy Policy { get; }

    /// <summary>The ledger's signers.</summary>
    public People People { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public ReleaseState? State { get; private set; }

    public IReadOnlyList<Recorded<ReleaseEvent>> Events => _events;

    /// <summary>What stands for the leaf hash of the newest event.</summary>
    public Digest Head => TestDigest.Of(EventText.Bytes(_events[^1].Event));

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
    public Decision Try(ReleaseCommand command, Role role = Role.Admin, string actor = "somebody") =>
        ReleaseDecider.Decide(command, State, ContextOf(command, role, actor));

    /// <summary>What a decision about the command is given now.</summary>
    public DecisionContext ContextOf(ReleaseCommand command, Role role, string actor = "somebody") =>
        new(new Actor(actor, role), Now, Policy, Known(command), RemembersSamples ? Samples() : null);

    /// <summary>Whether decisions are told which measurements the stream holds, as whoever keeps it does.</summary>
    public bool RemembersSamples { get; set; }

    private HashSet<SampleIdentity> Samples() => [.. _events.Select(recorded => recorded.Event).OfType<DeploymentEvent.Measured>().SelectMany(measured => measured.Measurements).Select(SampleIdentity.Of)];

    /// <summary>The code with which the command is refused; fails when it is accepted.</summary>
    public string Refusal(ReleaseCommand command, Role role = Role.Admin, string actor = "somebody") =>
        Try(command, role, actor).ShouldBeOfType<Decision.Refused>().Refusal.Code;

    /// <summary>Lets the command happen; fails when it is refused.</summary>
    public Story Do(ReleaseCommand command, Role role = Role.Admin, string actor = "somebody")
    {
        var decision = Try(command, role, actor);
        foreach (var happened in decision.ShouldBeOfType<Decision.Accepted>((decision as Decision.Refused)?.Refusal.Message).Events)
        {
            // Every other place in the log belongs to somebody else's stream.
            var recorded = new Recorded<ReleaseEvent>(_sequence + 1, _events.Count + 1, Now, new Actor(actor, role), (ReleaseEvent)happened);
            _sequence += 2;
            _events.Add(recorded);
            State = ReleaseFold.Evolve(State, recorded);
        }

        Now += TimeSpan.FromMinutes(1);
        return this;
    }

    /// <summary>Lets something happen to a signer.</summary>
    public Story Do(SignerCommand command)
    {
        People.Do(command, Now);
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

    /// <summary>What stands for SHA-256 over the canonical JSON of a go/no-go.</summary>
    public static Digest DigestOf(ReleaseStanding standing) => TestDigest.Of(JsonSerializer.SerializeToUtf8Bytes(standing, DomainJson.Default.ReleaseStanding));

    private SignOffContext? Known(ReleaseCommand command) => State is null ? null : new SignOffContext(Ledger, Head, DigestOf, command switch
    {
        ReleaseCommand.SignOff sign => People[sign.Signed.Predicate.Signer.Id],
        ReleaseCommand.WithdrawSignOff withdraw => People[withdraw.Signer],
        _ => null,
    });
}
