using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Keys;
using Ledger.Store;
using Ledger.Store.Append;
using Ledger.Store.Embedded;
using Npgsql;

namespace Ledger.Benchmarks;

/// <summary>A ledger over a throwaway cluster with fsync on, with a policy of twelve gates published.</summary>
internal sealed class BenchmarkLedger : IAsyncDisposable
{
    private const int Gates = 12;
    private static readonly Evidence Report4K = new(Digest.Of(Hash.Sha256("report"u8).Bytes), 4096, "application/json");
    private static readonly Actor Admin = new("benchmark", Role.Admin);

    private readonly string _folder;
    private readonly EmbeddedPostgres _postgres;

    private BenchmarkLedger(string folder, EmbeddedPostgres postgres, LedgerStore store)
    {
        (_folder, _postgres, Store) = (folder, postgres, store);
        Plain = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    /// <summary>Connections of the cluster's superuser, for baselines.</summary>
    public NpgsqlDataSource Plain { get; }

    public LedgerStore Store { get; }

    public static async Task<BenchmarkLedger> StartAsync(SequencerOptions? options = null)
    {
        // As root the cluster runs as another user, who has to reach the folder.
        var folder = Directory.CreateTempSubdirectory("ledger-benchmark-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = Path.Combine(folder, "postgres") });
        var store = await LedgerStore.StartAsync(new LedgerStoreOptions
        {
            OwnerConnectionString = postgres.ConnectionString,
            Key = SigningKey.Generate(),
            Origin = "benchmark.example/ledger",
            CheckpointPath = Path.Combine(folder, "checkpoint"),
            Logger = ConsoleErrors.Instance,
            Sequencer = options ?? new SequencerOptions(),
        });
        var ledger = new BenchmarkLedger(folder, postgres, store);
        await ledger.PublishPolicyAsync();
        return ledger;
    }

    public async Task OpenAsync(ReleaseId release, string policy = "benchmark", Actor? actor = null) => await AppendAsync(new ReleaseCommand.Open(
        release, policy, "98ee13c0aa11bb22cc33dd44ee55ff6677889900", [new Artifact("app", Digest.Of(Hash.Sha256("app"u8).Bytes))], "production"), actor: actor);

    /// <summary>A release whose canary runs, under <see cref="CanaryBenchmark.Policy"/>.</summary>
    public async Task<ReleaseId> StartCanaryAsync(string version)
    {
        var policy = ((PolicyReading.Success)PolicyJson.Read(JsonElement.Parse(CanaryBenchmark.Policy))).Policy;
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        await AppendAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
        var release = ReleaseId.TryCreate("bench", version)!;
        await AppendAsync(new ReleaseCommand.Open(release, policy.Name, "4be1c0ffee1", [new Artifact("app", Digest.Of(Hash.Sha256("app"u8).Bytes))], "production"));
        await AppendAsync(new ReleaseCommand.AttestGate(release, "ready", [], true, "seen"));
        await AppendAsync(new ReleaseCommand.Decide(release, Go: true));
        await AppendAsync(new DeploymentCommand.Start(release, "4be1c0ffee1", []));
        await AppendAsync(new DeploymentCommand.StartStep(release, "canary"));
        return release;
    }

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
        Report4K));

    public async Task AppendAsync(LedgerCommand command, EvidenceBytes? evidence = null, Actor? actor = null)
    {
        var result = await Store.SubmitAsync(new Submission(actor ?? Admin, command, Evidence: evidence));
        if (result is not AppendResult.Appended) throw new InvalidOperationException($"not appended: {result}");
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Store.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Publishes the same policy with two stages of sign-offs, the last of the roles in the second; its name.</summary>
    public async Task<string> PublishSignedPolicyAsync(IReadOnlyList<string> roles)
    {
        await PublishAsync(PolicyOf("signed") with
        {
            Roles = [.. roles.Select(role => new PolicyRole(role, role))],
            SignOff = [new SignOffStage("technical", "Technical", [.. roles.SkipLast(1)], roles.Count - 1), new SignOffStage("final", "Final", [roles[^1]], 1)],
        });
        return "signed";
    }

    private Task PublishPolicyAsync() => PublishAsync(PolicyOf("benchmark"));

    private static Policy PolicyOf(string name)
    {
        Criterion[] criteria =
        [
            new("k6", "http_req_failed.rate", Comparator.Less, Quantity.TryParse("0.5%", out var rate) ? rate : default),
            new("k6", "http_req_duration.p(95)", Comparator.Less, Quantity.TryParse("120ms", out var p95) ? p95 : default),
        ];
        var gates = Enumerable.Range(0, Gates).Select(gate => new Gate($"gate-{gate}", GateKind.Report, $"Gate {gate}", true, true, criteria, [], []));
        return new Policy(name, "Benchmark", [], [.. gates], []);
    }

    private async Task PublishAsync(Policy policy)
    {
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        await AppendAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
    }
}
