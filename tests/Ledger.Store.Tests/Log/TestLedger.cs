using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Log;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Timestamps;
using Ledger.Integrity.Timestamps;
using Ledger.Store.Append;
using Ledger.Store.Log;
using Ledger.Store.Log.Witnesses;
using Ledger.Store.Migrations;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.SignOffs;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ledger.Store.Tests.Log;

/// <summary>A small but complete log in a database of its own: as a class fixture, all its tests read the same one.</summary>
public class TestLedger : IAsyncLifetime
{
    public const string Origin = "test.example/ledger";

    private static readonly Actor Admin = new("tester", Role.Admin);

    private readonly PostgresFixture _postgres = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-test-").FullName;
    private readonly SigningKey _key = SigningKey.Generate();
    private readonly SigningKey _witnessKey = SigningKey.Generate();
    private readonly Lazy<LocalAuthority> _authority = new(() => new LocalAuthority());
    private Sequencer? _sequencer;

    /// <summary>Superuser connections.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    public string ConnectionString => _postgres.ConnectionString;

    public CheckpointFile Kept { get; private set; } = null!;

    public VerifierKey Key { get; private set; } = null!;

    public Cosigner Witness => new("witness.example/w1", _witnessKey);

    /// <summary>The witness and the authority of this log.</summary>
    public CheckpointTrust Trust => new([Witness.VerifierKey], _authority.Value.Anchors);

    public Auditor Auditor => new(Database, Key, Kept, Trust);

    public virtual async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        await Migrator.ApplyAsync(_postgres.ConnectionString);
        Database = NpgsqlDataSource.Create(_postgres.ConnectionString);
        Kept = new CheckpointFile(Path.Combine(_folder, "checkpoint"));
        var signer = new NoteSigner(Origin, _key);
        Key = signer.VerifierKey;
        _sequencer = await Sequencer.StartAsync(Database, new PolicyCache(Database), signer, Kept, TimeProvider.System, new SequencerOptions(), NullLogger.Instance);
        await SubmitAsync(new LogCommand.Create(Origin, Key.ToString()));
    }

    public async Task DisposeAsync()
    {
        await _sequencer!.DisposeAsync();
        await Database.DisposeAsync();
        Kept.Dispose();
        await _postgres.DisposeAsync();
        _key.Dispose();
        _witnessKey.Dispose();
        if (_authority.IsValueCreated) _authority.Value.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static ReleaseId Release(string service, int number) => ReleaseId.TryCreate(service, $"v{number}")!;

    /// <summary>Publishes a policy of a measured gate, a checklist, and a NO-GO condition.</summary>
    public async Task<AppendResult.Appended> PublishAsync(string name, string title)
    {
        var p95 = Quantity.TryParse("120ms", out var quantity) ? quantity : throw new InvalidOperationException();
        var policy = new Policy(
            name,
            title,
            [],
            [
                new Gate("load", GateKind.Report, "Load test", true, true, [new Criterion("k6", "http_req_duration.p(95)", Comparator.Less, p95)], [], []),
                new Gate("backups", GateKind.Attestation, "Backups", true, true, [], [new Check("taken", "Taken"), new Check("restored", "Restored")], []),
            ],
            [new NoGoCondition("incident", "An open incident", [])]);
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        return await SubmitAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
    }

    public Task<AppendResult.Appended> OpenAsync(ReleaseId release, string policy = "standard") => SubmitAsync(new ReleaseCommand.Open(
        release, policy, "98ee13c0aa11bb22cc33dd44ee55ff6677889900", [new Artifact("app", Digest.Of(Hash.Sha256("app"u8).Bytes))], "production", Summary: "Größer, ‹schneller› 🚀"));

    public Task<AppendResult.Appended> ReportAsync(ReleaseId release, double p95)
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{"p95":{{p95}},"release":"{{release}}"}""");
        var evidence = new EvidenceBytes(Hash.Sha256(bytes), "application/json", bytes);
        var report = new ReportContent(
            "k6",
            null,
            [new Measurement("http_req_duration.p(95)", p95, Unit.Milliseconds), new Measurement("http_reqs.count", 1e21, Unit.Count)],
            [],
            [],
            0,
            new Domain.Releases.Evidence(Digest.Of(evidence.Digest.Bytes), bytes.Length, evidence.MediaType));
        return SubmitAsync(new ReleaseCommand.ReportGate(release, "load", report, "measured again"), evidence);
    }

    public Task<AppendResult.Appended> AttestAsync(ReleaseId release, string gate, bool met, params string[] checks) =>
        SubmitAsync(new ReleaseCommand.AttestGate(release, gate, checks, met, "seen", SupersedeReason: "seen again"));

    public Task<AppendResult.Appended> WaiveAsync(ReleaseId release) =>
        SubmitAsync(new ReleaseCommand.WaiveGate(release, "backups", "owner", "reason", "control", DateTimeOffset.UtcNow.AddDays(1)));

    public Task<AppendResult.Appended> CloseAsync(ReleaseId release) => SubmitAsync(new ReleaseCommand.Close(release, CloseOutcome.Succeeded, "done"));

    /// <summary>A checkpoint that the log's key signs, whatever the log holds.</summary>
    public string Sign(long size, Hash root) => new Checkpoint(Origin, size, root).Sign(new NoteSigner(Origin, _key)).ToString();

    /// <summary>Appends events of every kind: several hundred, in commits of one to many.</summary>
    public async Task FillAsync()
    {
        await PublishAsync("standard", "Standard");
        await PublishAsync("standard", "Standard, second edition");
        await PublishAsync("strict", "Strict");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(FillReleaseAsync));
        await FillReleaseAsync(20);
        await FillSignOffsAsync();
        await WitnessAsync();
    }

    /// <summary>Has the newest checkpoint cosigned and timestamped.</summary>
    public async Task WitnessAsync()
    {
        var newest = (await new Cosignatures(Database).NewestAsync())!;
        Checkpoint.Verify(Encoding.UTF8.GetBytes(newest.Note), Origin, Key, out var checkpoint).IsValid.ShouldBeTrue();
        await new Cosignatures(Database).AddAsync(newest.Size, Witness.VerifierKey, Witness.Cosign(checkpoint!, 1_700_000_000));
        await new CheckpointTimestamps(Database).AddAsync(newest.Size, _authority.Value.Answer(TimestampRequest.Encode(Hash.Sha256(Encoding.UTF8.GetBytes(newest.Note)), nonce: [])));
    }

    private async Task FillSignOffsAsync()
    {
        var policy = new Policy("signed", "Signed", [], [new Gate("ready", GateKind.Attestation, "Ready", true, true, [], [], [])], [])
        {
            Roles = [new PolicyRole("lead", "Lead"), new PolicyRole("deputy", "Deputy")],
            SignOff = [new SignOffStage("technical", "Technical", ["lead", "deputy"], 1)],
        };
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        await SubmitAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
        using var lead = new TestSigner("lead");
        using var deputy = new TestSigner("deputy", "deputy");
        await SubmitAsync(lead.Enrol());
        await SubmitAsync(deputy.Enrol());
        for (var number = 100; number < 105; number++)
        {
            var release = Release("signed", number);
            await OpenAsync(release, "signed");
            await SubmitAsync(await lead.SignAsync(Database, Origin, release), actor: lead.Actor);
            await SubmitAsync(await deputy.SignAsync(Database, Origin, release), actor: deputy.Actor);
            await SubmitAsync(new ReleaseCommand.WithdrawSignOff(release, "lead", "too early"), actor: lead.Actor);
            await SubmitAsync(new ReleaseCommand.Decide(release, Go: false, "not today"));
        }

        await SubmitAsync(lead.Revoke());
    }

    private async Task FillReleaseAsync(int number)
    {
        var release = Release(number % 3 == 0 ? "shop" : "search", number);
        await OpenAsync(release, number % 5 == 0 ? "strict" : "standard");
        for (var i = 0; i < 12; i++)
        {
            await ReportAsync(release, 100.25 + (number * i));
            await AttestAsync(release, "backups", i % 2 == 0, i % 3 == 0 ? [] : ["taken"]);
        }

        await AttestAsync(release, "incident", true);
        await WaiveAsync(release);
        if (number % 4 == 0) await CloseAsync(release);
    }

    private int _keys;

    private async Task<AppendResult.Appended> SubmitAsync(LedgerCommand command, EvidenceBytes? evidence = null, Actor? actor = null)
    {
        var key = IdempotencyKey.Of("tester", $"key-{Interlocked.Increment(ref _keys)}", Encoding.UTF8.GetBytes(command.ToString()));
        return (await _sequencer!.SubmitAsync(new Submission(actor ?? Admin, command, key, evidence))).ShouldBeOfType<AppendResult.Appended>();
    }
}
