using System.Text;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Keys;
using Ledger.Store;
using Ledger.Store.Append;
using Npgsql;

namespace Ledger.Exports.Tests.Ledgers;

/// <summary>A ledger over PostgreSQL, with a clock that a test sets.</summary>
internal sealed class StoredLedger : IAsyncDisposable
{
    private static readonly Actor Admin = new("root", Role.Admin);
    private static readonly Actor Manager = new("mia.manager", Role.ReleaseManager);

    private readonly string _folder;
    private readonly TestClock _clock;
    private readonly Dictionary<string, (SignerState State, SigningKey Key)> _signers = [];

    private StoredLedger(string folder, TestClock clock, LedgerStore store, NpgsqlDataSource owner) => (_folder, _clock, Store, Owner) = (folder, clock, store, owner);

    public LedgerStore Store { get; }

    /// <summary>Connections of the superuser.</summary>
    public NpgsqlDataSource Owner { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public static async Task<StoredLedger> StartAsync(string connectionString)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-exports-").FullName;
        var clock = new TestClock(MemoryLedger.Start);
        var store = await LedgerStore.StartAsync(new LedgerStoreOptions
        {
            OwnerConnectionString = connectionString, Key = TestKeys.Log, Origin = MemoryLedger.Origin, CheckpointPath = Path.Combine(folder, "checkpoint"), Clock = clock,
        });
        var ledger = new StoredLedger(folder, clock, store, NpgsqlDataSource.Create(connectionString));
        var published = TestPolicy.Publish(TestPolicy.Document);
        await ledger.DoAsync(Admin, new Domain.Policies.PolicyCommand.Publish(TestPolicy.Document, published.Document, published.Policy.Digest));
        await ledger.EnrolAsync("alice", "Alice Łukasiewicz", "tech-lead", TestKeys.Alice);
        await ledger.EnrolAsync("bob", "Bob O'Neil", "product", TestKeys.Bob);
        await ledger.EnrolAsync("carol", "Carol Čapková", "ciso", TestKeys.Carol);
        return ledger;
    }

    public static ReleaseId Release(string service, string version = "1.0.0") => ReleaseId.TryCreate(service, version)!;

    public void Wait(TimeSpan time) => _clock.Advance(time);

    public Task OpenAsync(ReleaseId release) => DoAsync(Manager, new ReleaseCommand.Open(
        release, TestPolicy.Document.Name, "4be1c0ffee1234567890abcdef1234567890abcd", [new Artifact($"registry.example.com/{release.Service}", DigestOf(release.Service))], "production",
        Summary: $"a release of {release.Service}"));

    public Task ReportAsync(ReleaseId release, double p95 = 120)
    {
        var report = Encoding.UTF8.GetBytes($$"""{"p95":{{p95}}}""");
        return DoAsync(
            new Actor("ci-pipeline", Role.Ci),
            new ReleaseCommand.ReportGate(release, "load", new ReportContent(
                "k6", null, [new Measurement("http_req_duration.p(95)", p95, Unit.Milliseconds), new Measurement("http_req_failed.rate", 0.001, Unit.Ratio)], [], [], 0,
                new Evidence(Digest.Of(Hash.Sha256(report).Bytes), report.Length, "application/json"))),
            new EvidenceBytes(Hash.Sha256(report), "application/json", report));
    }

    /// <summary>Everything up to GO.</summary>
    public async Task GoAsync(ReleaseId release)
    {
        await OpenAsync(release);
        await ReportAsync(release);
        foreach (var gate in new[] { "backup", "rollback", "freeze" }) await DoAsync(Manager, new ReleaseCommand.AttestGate(release, gate, [], true, "seen"));
        await SignAsync(release, "technical", "tech-lead", "alice");
        await SignAsync(release, "business", "product", "bob");
        await SignAsync(release, "final", "ciso", "carol");
        await DoAsync(Manager, new ReleaseCommand.Decide(release, Go: true, "all is well"));
    }

    public async Task SignAsync(ReleaseId release, string stage, string role, string signer)
    {
        var view = (await Store.Releases.FindAsync(release))!;
        var head = (await Store.Events.FindAsync(view.State.Last.Sequence))!.LeafHash();
        var (state, key) = _signers[signer];
        var signed = Signing.Sign(
            view.State, view.Policy, Digest.Of(head.Bytes), view.At, stage, role, state, "I looked, and it may go.", SignOffChoice.Approve, Guid.NewGuid().ToString("N"), key);
        await DoAsync(new Actor(signer, Role.Signer), new ReleaseCommand.SignOff(release, signed));
    }

    public static async Task<byte[]> ReadAsync(ExportResult? export)
    {
        using var output = new MemoryStream();
        await export.ShouldBeOfType<ExportResult.Ready>((export as ExportResult.Refused)?.Refusal.Message).WriteAsync(output, default);
        return output.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Owner.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EnrolAsync(string id, string name, string role, SigningKey key)
    {
        await DoAsync(Admin, new SignerCommand.Enrol(id, name, [role], [], TestKeys.Enrolled(key)));
        _signers[id] = (new SignerState(id, name, [role], [], [], new(1, 1)), key);
    }

    private async Task DoAsync(Actor actor, LedgerCommand command, EvidenceBytes? evidence = null)
    {
        var result = await Store.SubmitAsync(new Submission(actor, command, null, evidence));
        result.ShouldBeOfType<AppendResult.Appended>((result as AppendResult.Refused)?.Refusal.Message);
    }

    private static Digest DigestOf(string text) => Digest.Of(Hash.Sha256(Encoding.UTF8.GetBytes(text)).Bytes);

    private sealed class TestClock(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset _now = now;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
