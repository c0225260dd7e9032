using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Store.Append;
using Ledger.Store.Log;
using Npgsql;

namespace Ledger.Store.Tests.Append;

/// <summary>A store over a database of its own, and what tests ask of it.</summary>
internal sealed class TestLedger : IAsyncDisposable
{
    public const string Origin = "test.example/ledger";
    public static readonly Actor Admin = new("tester", Role.Admin);

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-store-").FullName;
    private readonly string _ownerConnectionString;
    private readonly SigningKey _key = SigningKey.Generate();
    private LedgerStore? _store;

    public TestLedger(string ownerConnectionString)
    {
        _ownerConnectionString = ownerConnectionString;
        Owner = NpgsqlDataSource.Create(ownerConnectionString);
    }

    public LedgerStore Store => _store ?? throw new InvalidOperationException("the ledger is not started");

    /// <summary>Connections of the superuser: an operator, or an attacker.</summary>
    public NpgsqlDataSource Owner { get; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The login of the server's role that every node uses; null where each node makes one, which ends that of the node before.</summary>
    public string? AppConnectionString { get; set; }

    /// <summary>Another name of the log than <see cref="Origin"/>, where that matters.</summary>
    public string Named { get; init; } = Origin;

    public VerifierKey VerifierKey => new(Named, _key.PublicKey);

    public string OwnerConnectionString => _ownerConnectionString;

    public static async Task<TestLedger> StartAsync(string ownerConnectionString, bool withPolicy = true)
    {
        var ledger = new TestLedger(ownerConnectionString);
        await ledger.StartAsync();
        if (withPolicy) await ledger.PublishPolicyAsync();
        return ledger;
    }

    public async Task StartAsync() => _store = await OpenAsync("checkpoint", _key);

    /// <summary>Another node over the same log.</summary>
    public Task<LedgerStore> OpenNodeAsync() => OpenAsync($"checkpoint-{Guid.NewGuid():N}", _key);

    public Task<LedgerStore> OpenAsync(string checkpointFile, SigningKey key) => LedgerStore.StartAsync(new LedgerStoreOptions
    {
        OwnerConnectionString = _ownerConnectionString,
        AppConnectionString = AppConnectionString,
        Key = key,
        Origin = Named,
        CheckpointPath = Path.Combine(_folder, checkpointFile),
        Clock = Clock,
    });

    public async Task StopAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _store = null;
    }

    public async Task<AppendResult.Appended> AppendAsync(LedgerCommand command, IdempotencyKey? key = null) =>
        (await SubmitAsync(command, key)).ShouldBeOfType<AppendResult.Appended>();

    public Task<AppendResult> SubmitAsync(LedgerCommand command, IdempotencyKey? key = null, LedgerStore? node = null) =>
        (node ?? Store).SubmitAsync(new Submission(Admin, command, key));

    public Task<AppendResult.Appended> PublishPolicyAsync(string name = "shop")
    {
        Quantity.TryParse("120ms", out var limit).ShouldBeTrue();
        var policy = new Policy(
            name,
            "Shop",
            [],
            [
                new Gate("load", GateKind.Report, "Load test", true, true, [new Criterion("k6", "http_req_duration.p(95)", Comparator.Less, limit)], [], []),
                new Gate("ready", GateKind.Attestation, "Ready", true, true, [], [], []),
            ],
            []);
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        return AppendAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
    }

    public static ReleaseId Release(string version) => ReleaseId.TryCreate("shop", version)!;

    public Task<AppendResult.Appended> OpenReleaseAsync(string version) => AppendAsync(Open(version));

    public static ReleaseCommand.Open Open(string version) => new(
        Release(version), "shop", "98ee13c0aa11bb22cc33dd44ee55ff6677889900", [new Artifact("app", Digest.Of(Hash.Sha256("app"u8).Bytes))], "production");

    public static ReleaseCommand.ReportGate Report(string version, double p95, string? reason = null) => new(
        Release(version),
        "load",
        new ReportContent(
            "k6", null, [new Measurement("http_req_duration.p(95)", p95, Unit.Milliseconds)], [], [], 0,
            new Evidence(Digest.Of(Hash.Sha256("report"u8).Bytes), 6, "application/json")),
        reason);

    public static ReleaseCommand.AttestGate Attest(string version, string note = "seen") => new(Release(version), "ready", [], true, note);

    public static IdempotencyKey Key(string key, string request) => IdempotencyKey.Of(Admin.Id, key, System.Text.Encoding.UTF8.GetBytes(request));

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every event, read as an outsider would: plain SQL, no code of the write path.</summary>
    public async Task<IReadOnlyList<StoredEvent>> EventsAsync()
    {
        await using var command = Owner.CreateCommand($"select {EventReader.Columns} from mt_events e order by e.seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync()) events.Add(EventReader.Read(reader));
        return events;
    }

    /// <summary>The invariants of a log, recomputed from its rows: dense, chained, ordered in time, under every checkpoint ever signed.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ShouldBeSoundAsync()
    {
        var events = await EventsAsync();
        events.Select(stored => stored.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
        events.Zip(events.Skip(1)).ShouldAllBe(pair => pair.First.At <= pair.Second.At);
        foreach (var stream in events.GroupBy(stored => stored.Stream))
            stream.Select(stored => stored.Version).ShouldBe(Enumerable.Range(1, stream.Count()).Select(n => (long)n));

        var last = new Dictionary<string, Hash>();
        var tree = new Frontier();
        var roots = new Dictionary<long, Hash>();
        foreach (var stored in events)
        {
            using var headers = JsonDocument.Parse(stored.Headers);
            headers.RootElement.GetProperty("prev").GetString().ShouldBe(last.TryGetValue(stored.Stream, out var prev) ? prev.ToString() : null);
            tree.Append(last[stored.Stream] = stored.LeafHash());
            roots[tree.Size] = tree.Root();
        }

        await using var command = Owner.CreateCommand("select size, checkpoint from ledger_seals order by size");
        await using var reader = await command.ExecuteReaderAsync();
        var newest = 0L;
        while (await reader.ReadAsync())
        {
            newest = reader.GetInt64(0);
            Checkpoint.Verify(System.Text.Encoding.UTF8.GetBytes(reader.GetString(1)), Named, VerifierKey, out var checkpoint).IsValid.ShouldBeTrue();
            checkpoint!.Size.ShouldBe(newest);
            checkpoint.Root.ShouldBe(roots[newest]);
        }

        newest.ShouldBe(events.Count);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Owner.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
