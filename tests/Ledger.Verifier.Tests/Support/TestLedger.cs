using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Log;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Verifier.Tests.Support;

/// <summary>
/// A ledger in memory, driven by the domain's own deciders: what they accept is appended, and the clock moves on by a minute. Forgeries go
/// past the deciders, by <c>Forge</c>, as somebody with the database and the log's key could append them.
/// </summary>
internal sealed class TestLedger
{
    public const string Origin = "ledger.example/prod";

    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly ReleaseId Release = ReleaseId.TryCreate("shop", "1.2.3")!;
    public static readonly Actor Manager = new("maria", Role.ReleaseManager);
    public static readonly Actor Compliance = new("claire", Role.Compliance);
    public static readonly Actor Ci = new("ci", Role.Ci);

    /// <summary>Who signs, in the order of the policy's stages.</summary>
    public static readonly IReadOnlyList<(string Stage, string Role, string Signer, string Name)> People =
    [
        ("technical", "devops-lead", "dora", "Dora Ops"), ("technical", "security-lead", "sam", "Sam Shield"), ("technical", "engineering-manager", "emil", "Emil Engel"),
        ("business", "product-manager", "paula", "Paula Product"), ("business", "vp-engineering", "victor", "Victor Veep"), ("final", "cto", "carla", "Carla Chief"),
    ];

    private readonly Dictionary<string, SigningKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SignerState> _signers = new(StringComparer.Ordinal);
    private readonly Dictionary<ReleaseId, ReleaseState> _releases = [];
    private int _nonce;

    public TestLedger(Policy? policy = null, string origin = Origin)
    {
        Log = new TestLog(origin);
        Accept(LogCommand.StreamName, LogState.Decide(new LogCommand.Create(origin, Log.Signer.VerifierKey.ToString()), null, Start), new Actor("ledger", Role.Admin));
        var publish = TestPolicy.Publish(policy ?? TestPolicy.Document);
        PolicyEvent = Accept(publish.StreamKey, PolicyState.Decide(publish, null, Context(Compliance)), Compliance)[0];
        Policy = new PublishedPolicy(((PolicyEvent.Published)PolicyEvent.Open()).Policy, publish.Policy);
    }

    public TestLog Log { get; }

    public DateTimeOffset Now { get; set; } = Start;

    public PublishedPolicy Policy { get; }

    public LoggedEvent PolicyEvent { get; }

    public ReleaseState State => _releases[Release];

    /// <summary>Six people are enrolled, the first with a key of <paramref name="algorithm"/>, the release is open, and its gates are passed.</summary>
    public static TestLedger Ready(Policy? policy = null, string origin = Origin, KeyAlgorithm algorithm = KeyAlgorithm.Ed25519)
    {
        var ledger = new TestLedger(policy, origin);
        foreach (var (_, role, signer, name) in People)
            ledger.Enrol(signer, name, role, algorithm == KeyAlgorithm.Ed25519 || signer != People[0].Signer ? TestKeys.Of(signer) : SigningKey.Generate(algorithm));
        return ledger.OpenRelease().Report().Attest();
    }

    /// <summary>As <see cref="Ready"/>, and the first so many people signed.</summary>
    public static TestLedger Signed(int people = 6, KeyAlgorithm algorithm = KeyAlgorithm.Ed25519)
    {
        var ledger = Ready(algorithm: algorithm);
        for (var i = 0; i < people; i++) ledger.SignOff(i);
        return ledger;
    }

    public TestLedger Enrol(string signer, string name, string role, SigningKey key, params string[] accounts)
    {
        _keys[signer] = key;
        return Do(new SignerCommand.Enrol(signer, name, [role], accounts, TestKeys.Enrolled(key)));
    }

    public TestLedger Do(SignerCommand command)
    {
        foreach (var logged in Accept(command.StreamKey, SignerDecider.Decide(command, _signers.GetValueOrDefault(command.Signer), Context(Compliance)), Compliance))
            _signers[command.Signer] = SignerState.Evolve(_signers.GetValueOrDefault(command.Signer), logged.Recorded<SignerEvent>());
        return this;
    }

    public TestLedger OpenRelease(ReleaseId? release = null) => Do(
        new ReleaseCommand.Open(release ?? Release, "web", "0123456789abcdef0123456789abcdef01234567", [new Artifact("shop", Digest('1')), new Artifact("sidecar", Digest('2'))], "production"),
        Manager);

    public TestLedger Report(double failed = 0.001, string? supersede = null) => Do(
        new ReleaseCommand.ReportGate(
            Release, "load",
            new ReportContent("k6", null, [new Measurement("http_req_failed.rate", failed, Unit.Ratio)], [], [], 0, new Evidence(Digest(Hash.Sha256(TestBundle.Report)), 1_234, "application/json")), supersede),
        Ci);

    public TestLedger Attest(string note = "restored last night") => Do(new ReleaseCommand.AttestGate(Release, "backup", [], true, note), Manager);

    public TestLedger Withdraw(string signer, Actor? actor = null) => Do(new ReleaseCommand.WithdrawSignOff(Release, signer, "seen again"), actor ?? new Actor(signer, Role.Signer), signer);

    public TestLedger Decide(bool go = true) => Do(new ReleaseCommand.Decide(Release, go, "because"), Manager);

    public TestLedger Do(ReleaseCommand command, Actor actor, string? signer = null)
    {
        Evolve(command.Release, Accept(command.StreamKey, Try(command, actor, signer), actor));
        return this;
    }

    /// <summary>What the decider says, without anything happening.</summary>
    public Decision Try(ReleaseCommand command, Actor actor, string? signer = null)
    {
        var state = _releases.GetValueOrDefault(command.Release);
        var head = Log.Stream(command.StreamKey) is [.., var last] ? Digest(last.LeafHash) : default;
        var context = new SignOffContext(Log.Origin, head, GoNoGoDigest.Of, signer is null ? null : _signers.GetValueOrDefault(signer));
        return ReleaseDecider.Decide(command, state, new DecisionContext(actor, Now, Policy, context));
    }

    /// <summary>What a person would sign now.</summary>
    public SignOffPredicate Prepare(int person, SignOffChoice choice = SignOffChoice.Approve)
    {
        var (stage, role, signer, name) = People[person];
        var standing = ReleaseJudge.Judge(State, Policy, Now);
        return new SignOffPredicate(
            Log.Origin, Release.ToString(), stage, role, new SignerReference(signer, name), choice, "I checked what my role asks for",
            new StreamSeen(State.Last.Version, Digest(Log.Stream(Release.StreamKey)[^1].LeafHash)), Policy.Reference,
            new GoNoGoSeen(standing.Verdict, standing.At, GoNoGoDigest.Of(standing)), Now, (++_nonce).ToString("x32", null), State.Facts.SignOffs.LastOrDefault()?.Statement);
    }

    public byte[] Statement(SignOffPredicate predicate) => SignOffStatement.Build(predicate, State.Opened.Artifacts);

    public byte[] Sign(SignOffPredicate predicate) => Envelope.Sign(Integrity.Statements.Statement.PayloadType, Statement(predicate), _keys[predicate.Signer.Id]).ToBytes();

    public TestLedger SignOff(int person, SignOffChoice choice = SignOffChoice.Approve)
    {
        var predicate = Prepare(person, choice);
        return TrySubmit(Sign(predicate)) is { } refusal ? throw new InvalidOperationException(refusal.Message) : this;
    }

    /// <summary>Hands an envelope in as the server takes it; the refusal, or null where it was appended.</summary>
    public Refusal? TrySubmit(byte[] envelope)
    {
        if (SubmittedSignOff.Read(envelope, out var submitted) is { } unreadable) return unreadable;
        if (submitted!.Open(_signers.GetValueOrDefault(submitted.ClaimedSigner), out var signed) is { } unsigned) return unsigned;
        var actor = new Actor(submitted.ClaimedSigner, Role.Signer);
        var decision = Try(new ReleaseCommand.SignOff(Release, signed!), actor, submitted.ClaimedSigner);
        if (decision is Decision.Refused refused) return refused.Refusal;
        Evolve(Release, Accept(Release.StreamKey, decision, actor));
        return null;
    }

    /// <summary>Appends a sign-off that no decider was asked about.</summary>
    public TestLedger Forge(SignOffPredicate predicate, SigningKey key, Func<ReleaseEvent.SignedOff, ReleaseEvent.SignedOff>? change = null, string payloadType = Integrity.Statements.Statement.PayloadType, byte[]? payload = null)
    {
        payload ??= Statement(predicate);
        var envelope = Envelope.Sign(payloadType, payload, key);
        var signed = new ReleaseEvent.SignedOff(
            predicate.Stage, predicate.Role, predicate.Signer.Id, predicate.Signer.Name, predicate.Decision, predicate.Meaning, Digest(Hash.Sha256(payload)),
            Digest(key.PublicKey.Fingerprint),
            new SignOffEnvelope(payloadType, Convert.ToBase64String(payload), [new Domain.SignOffs.EnvelopeSignature(Convert.ToBase64String(envelope.Signatures[0].Signature.Span))]),
            predicate.Previous);
        return Forge(change?.Invoke(signed) ?? signed, new Actor(predicate.Signer.Id, Role.Signer));
    }

    /// <summary>Appends an event of the release that no decider was asked about.</summary>
    public TestLedger Forge(ReleaseEvent forged, Actor actor)
    {
        var logged = Log.Append(Release.StreamKey, forged, actor, Now);
        Now = Now.AddMinutes(1);
        Evolve(Release, [logged]);
        return this;
    }

    public SigningKey Key(string signer) => _keys[signer];

    public ChainEvidence Evidence(Func<LoggedEvent, CheckOutcome>? inclusion = null) => new(
        Log.Origin, Log.Stream(Release.StreamKey), PolicyEvent, [.. Log.Events.Where(logged => logged.Stream.StartsWith("signer/", StringComparison.Ordinal))],
        inclusion ?? (_ => CheckOutcome.Passed));

    public static Digest Digest(Hash hash) => Domain.Digest.Of(hash.Bytes);

    private static Digest Digest(char digit) => Domain.Digest.TryParse("sha256:" + new string(digit, 64), out var digest) ? digest : default;

    private DecisionContext Context(Actor actor) => new(actor, Now);

    private List<LoggedEvent> Accept(string stream, Decision decision, Actor actor)
    {
        if (decision is not Decision.Accepted accepted) throw new InvalidOperationException(((Decision.Refused)decision).Refusal.Message);
        var logged = accepted.Events.Select(happened => Log.Append(stream, happened, actor, Now)).ToList();
        Now = Now.AddMinutes(1);
        return logged;
    }

    private void Evolve(ReleaseId release, IEnumerable<LoggedEvent> events)
    {
        foreach (var logged in events) _releases[release] = ReleaseFold.Evolve(_releases.GetValueOrDefault(release), logged.Recorded<ReleaseEvent>());
    }
}
