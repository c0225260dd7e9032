using System.Buffers;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.Log;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Exports.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Store.Log;

namespace Ledger.Exports.Tests.Ledgers;

/// <summary>A log in memory, written by the real deciders, with a clock that moves on by a minute an event: the same story has the same bytes.</summary>
internal sealed class MemoryLedger
{
    public const string Origin = "ledger.example/log";
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly ReleaseId Shop = ReleaseId.TryCreate("shop", "1.4.0")!;

    private static readonly Actor Admin = new("root", Role.Admin);
    private static readonly Actor Manager = new("mia.manager", Role.ReleaseManager);

    private readonly List<StoredEvent> _events = [];
    private readonly Dictionary<string, object> _states = [];
    private readonly Dictionary<string, SigningKey> _keys = [];
    private readonly PublishedPolicy _policy;

    public MemoryLedger(Policy? policy = null)
    {
        Append(LogCommand.StreamName, new LogEvent.Created(Origin, new VerifierKey(Origin, TestKeys.Log.PublicKey).ToString()), Admin);
        var published = TestPolicy.Publish(policy ?? TestPolicy.Document);
        Append(PolicyCommand.StreamOf(published.Policy.Name), published, Admin);
        _policy = ReleaseDossier.PolicyOf(published);
    }

    public IReadOnlyList<StoredEvent> Events => _events;

    public DateTimeOffset Now { get; private set; } = Start;

    public Note Checkpoint
    {
        get
        {
            var tree = new Frontier();
            foreach (var each in _events) tree.Append(each.LeafHash());
            return new Checkpoint(Origin, tree.Size, tree.Root()).Sign(new NoteSigner(Origin, TestKeys.Log));
        }
    }

    /// <summary>A release with everything in it: red superseded, a waiver, a chain of three, GO, and success.</summary>
    public static MemoryLedger Whole()
    {
        var ledger = new MemoryLedger();
        ledger.EnrolThree();
        ledger.Open(Shop, "A new basket", Risk.Medium);
        ledger.Report(Shop, 180);
        ledger.Report(Shop, 120, "the database was cold");
        ledger.Attest(Shop, "backup");
        ledger.Do(Shop, new ReleaseCommand.WaiveGate(Shop, "rollback", "Mia Manager", "=HYPERLINK(\"http://evil\") was rehearsed last week", "an engineer watches", Start.AddDays(2)), Manager);
        ledger.Attest(Shop, "freeze");
        ledger.SignThree(Shop);
        ledger.Do(Shop, new ReleaseCommand.Decide(Shop, Go: true, "all is well"), Manager);
        ledger.Do(Shop, new ReleaseCommand.Close(Shop, CloseOutcome.Succeeded, "out, and quiet for a day"), Manager);
        return ledger;
    }

    public void EnrolThree()
    {
        Enrol("alice", "Alice Łukasiewicz", "tech-lead", TestKeys.Alice);
        Enrol("bob", "Bob O'Neil", "product", TestKeys.Bob);
        Enrol("carol", "Carol Čapková", "ciso", TestKeys.Carol);
    }

    public void SignThree(ReleaseId release)
    {
        Sign(release, "technical", "tech-lead", "alice", "I reviewed the change and its tests.");
        Sign(release, "business", "product", "bob", "The business accepts this release.");
        Sign(release, "final", "ciso", "carol", "I authorise deployment to production.");
    }

    public void Enrol(string id, string name, string role, SigningKey key)
    {
        _keys[id] = key;
        var stream = SignerId.StreamOf(id);
        Append(stream, new SignerEvent.Enrolled(id, name, [role], []), Admin);
        Append(stream, new SignerEvent.KeyAdded(TestKeys.Enrolled(key)), Admin);
    }

    public void Open(ReleaseId release, string? summary = null, Risk? risk = null) => Do(
        release,
        new ReleaseCommand.Open(
            release, _policy.Reference.Name, "4be1c0ffee1234567890abcdef1234567890abcd", [new Artifact($"registry.example.com/{release.Service}", Digest.Of(Hash.Sha256("shop"u8).Bytes))],
            "production", Summary: summary, Risk: risk),
        Manager);

    public void Report(ReleaseId release, double p95, string? supersede = null) => Do(
        release,
        new ReleaseCommand.ReportGate(
            release, "load",
            new ReportContent(
                "k6", null, [new Measurement("http_req_duration.p(95)", p95, Unit.Milliseconds), new Measurement("http_req_failed.rate", 0.001, Unit.Ratio)], [], [], 0,
                new Evidence(Digest.Of(Hash.Sha256(Encoding.UTF8.GetBytes($"report {p95}")).Bytes), 12, "application/json")),
            supersede),
        new Actor("ci-pipeline", Role.Ci));

    public void Attest(ReleaseId release, string gate, bool met = true) =>
        Do(release, new ReleaseCommand.AttestGate(release, gate, [], met, "seen with my own eyes"), Manager);

    public void Sign(ReleaseId release, string stage, string role, string signer, string meaning, SignOffChoice choice = SignOffChoice.Approve)
    {
        var state = (ReleaseState)_states[release.StreamKey];
        var head = Digest.Of(Last(release.StreamKey)!.LeafHash().Bytes);
        var signed = Signing.Sign(state, _policy, head, Now, stage, role, (SignerState)_states[SignerId.StreamOf(signer)], meaning, choice, $"{_events.Count:x32}", _keys[signer]);
        Do(release, new ReleaseCommand.SignOff(release, signed), new Actor(signer, Role.Signer));
    }

    public void Do(ReleaseId release, ReleaseCommand command, Actor actor)
    {
        var state = (ReleaseState?)_states.GetValueOrDefault(release.StreamKey);
        var signer = command is ReleaseCommand.SignOff sign ? (SignerState?)_states.GetValueOrDefault(SignerId.StreamOf(sign.Signed.Predicate.Signer.Id)) : null;
        var head = Last(release.StreamKey) is { } last ? Digest.Of(last.LeafHash().Bytes) : default;
        var decision = ReleaseDecider.Decide(command, state, new DecisionContext(actor, Now, _policy, new SignOffContext(Origin, head, Signing.DigestOf, signer)));
        var accepted = decision.ShouldBeOfType<Decision.Accepted>((decision as Decision.Refused)?.Refusal.Message);
        foreach (var happened in accepted.Events) Append(release.StreamKey, happened, actor);
    }

    public void Wait(TimeSpan time) => Now += time;

    public ReleaseDossier Dossier(ReleaseId release)
    {
        var history = Exported(release.StreamKey);
        var signers = history.Select(each => each.Event).OfType<ReleaseEvent.SignedOff>().Select(signed => SignerId.StreamOf(signed.Signer)).ToHashSet();
        return new ReleaseDossier(
            Origin, new ExportedEvent(_events[0]), Exported(PolicyCommand.StreamOf(_policy.Reference.Name))[0], history,
            [.. _events.Where(each => signers.Contains(each.Stream)).Select(each => new ExportedEvent(each))]);
    }

    private List<ExportedEvent> Exported(string stream) => [.. _events.Where(each => each.Stream == stream).Select(each => new ExportedEvent(each))];

    private StoredEvent? Last(string stream) => _events.FindLast(each => each.Stream == stream);

    private void Append(string stream, LedgerEvent @event, Actor actor)
    {
        var last = Last(stream);
        var version = (last?.Version ?? 0) + 1;
        var sequence = _events.Count + 1;
        var headers = $$"""{"actor":{{JsonSerializer.Serialize(actor, DomainJson.Default.Actor)}},"prev":{{(last is null ? "null" : $"\"{last.LeafHash()}\"")}}}""";
        _events.Add(new StoredEvent(sequence, new Guid($"00000000-0000-7000-8000-{sequence:x12}"), stream, version, @event.Type, Now, Data(@event), Encoding.UTF8.GetBytes(headers)));
        switch (@event)
        {
            case ReleaseEvent release: _states[stream] = ReleaseFold.Evolve((ReleaseState?)_states.GetValueOrDefault(stream), new(sequence, version, Now, actor, release)); break;
            case SignerEvent signer: _states[stream] = SignerState.Evolve((SignerState?)_states.GetValueOrDefault(stream), new(sequence, version, Now, actor, signer)); break;
        }

        Now += TimeSpan.FromMinutes(1);
    }

    private static byte[] Data(LedgerEvent @event)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json)) EventJson.Write(writer, @event);
        return CanonicalJson.Canonicalize(json.WrittenSpan);
    }
}
