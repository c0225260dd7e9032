using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Store.Append;
using Ledger.Store.Embedded;
using Ledger.Store.Log;
using Ledger.Store.Migrations;
using Npgsql;

namespace Ledger.Benchmarks;

/// <summary>A ledger over a throwaway cluster with fsync on, with a policy of twelve gates published.</summary>
internal sealed class BenchmarkLedger : IAsyncDisposable
{
    private const int Gates = 12;
    private static readonly Actor Admin = new("benchmark", Role.Admin);

    private readonly string _folder;
    private readonly EmbeddedPostgres _postgres;
    private readonly CheckpointFile _checkpoints;

    private BenchmarkLedger(string folder, EmbeddedPostgres postgres, NpgsqlDataSource database, CheckpointFile checkpoints, Sequencer sequencer)
    {
        (_folder, _postgres, _checkpoints) = (folder, postgres, checkpoints);
        (Database, Sequencer) = (database, sequencer);
    }

    public NpgsqlDataSource Database { get; }

    public Sequencer Sequencer { get; }

    public static async Task<BenchmarkLedger> StartAsync(SequencerOptions? options = null)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-benchmark-").FullName;
        var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = Path.Combine(folder, "postgres"), ExtraSettings = new Dictionary<string, string> { ["shared_preload_libraries"] = "pg_stat_statements" } });
        await Migrator.ApplyAsync(postgres.ConnectionString);
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString)
        {
            MaxAutoPrepare = 64, AutoPrepareMinUsages = 2, NoResetOnClose = true, MaxPoolSize = 80, MinPoolSize = 2,
        }.ConnectionString);
        var checkpoints = new CheckpointFile(Path.Combine(folder, "checkpoint"));
        var signer = new NoteSigner("benchmark.example/ledger", SigningKey.Generate());
        var sequencer = await Sequencer.StartAsync(
            database, new PolicyCache(database), signer, checkpoints, TimeProvider.System, options ?? new SequencerOptions(), ConsoleErrors.Instance);
        var ledger = new BenchmarkLedger(folder, postgres, database, checkpoints, sequencer);
        await ledger.PublishPolicyAsync();
        return ledger;
    }

    public async Task OpenAsync(ReleaseId release) => await AppendAsync(new ReleaseCommand.Open(
        release, "benchmark", "98ee13c0aa11bb22cc33dd44ee55ff6677889900", [new Artifact("app", Digest.Of(Hash.Sha256("app"u8).Bytes))], "production"));

    public Task ReportAsync(ReleaseId release, int gate, int p95) => AppendAsync(Report(release, gate, p95));

    /// <summary>A k6 report with five measurements, two of which its gate asks for.</summary>
    public static ReleaseCommand.ReportGate Report(ReleaseId release, int gate, int p95) => new(release, $"gate-{gate % Gates}", new ReportContent(
        "k6",
        null,
        [
            new Measurement("http_req_duration.avg", 41.5, Unit.Milliseconds),
            new Measurement("http_req_duration.p(95)", p95 % 120, Unit.Milliseconds),
            new Measurement("http_req_failed.rate", 0.001, Unit.Ratio),
            new Measurement("http_reqs.count", 45_000, Unit.Count),
            new Measurement("http_reqs.rate", 1500.25, Unit.PerSecond),
        ],
        [],
        [],
        0,
        new Evidence(Digest.Of(Hash.Sha256("report"u8).Bytes), 4096, "application/json")));

    public async Task AppendAsync(LedgerCommand command)
    {
        var result = await Sequencer.SubmitAsync(new Submission(Admin, command));
        if (result is not AppendResult.Appended) throw new InvalidOperationException($"not appended: {result}");
    }

    public async ValueTask DisposeAsync()
    {
        await Sequencer.DisposeAsync();
        await Database.DisposeAsync();
        _checkpoints.Dispose();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PublishPolicyAsync()
    {
        Criterion[] criteria =
        [
            new("k6", "http_req_failed.rate", Comparator.Less, Quantity.TryParse("0.5%", out var rate) ? rate : default),
            new("k6", "http_req_duration.p(95)", Comparator.Less, Quantity.TryParse("120ms", out var p95) ? p95 : default),
        ];
        var gates = Enumerable.Range(0, Gates).Select(gate => new Gate($"gate-{gate}", GateKind.Report, $"Gate {gate}", true, true, criteria, [], []));
        var policy = new Policy("benchmark", "Benchmark", [], [.. gates], []);
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        await AppendAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
    }
}
