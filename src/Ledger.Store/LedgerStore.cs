using Ledger.Domain.Actors;
using Ledger.Domain.Log;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Notes;
using Ledger.Store.Append;
using Ledger.Store.Log;
using Ledger.Store.Log.Witnesses;
using Ledger.Store.Migrations;
using Ledger.Store.Outbox;
using Ledger.Store.Policies;
using Ledger.Store.Releases;
using Ledger.Store.Signers;
using Ledger.Store.Tokens;
using Npgsql;

namespace Ledger.Store;

/// <summary>One ledger in one PostgreSQL database: what appends to it and what reads it. Thread-safe.</summary>
public sealed class LedgerStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly CheckpointFile _checkpoints;
    private readonly Sequencer _sequencer;
    private readonly NoteSigner _signer;

    private LedgerStore(NpgsqlDataSource database, CheckpointFile checkpoints, Sequencer sequencer, PolicyCache policies, NoteSigner signer, LedgerStoreOptions options)
    {
        (_database, _checkpoints, _sequencer, _signer) = (database, checkpoints, sequencer, signer);
        VerifierKey = signer.VerifierKey;
        Clock = Sandbox.IsOrigin(options.Origin) ? new SandboxClock(database, options.Clock) : options.Clock;
        Policies = policies;
        Releases = new ReleaseReads(database, policies, Clock);
        Search = new ReleaseFinder(database);
        Deadlines = new DeadlineReads(database);
        Artifacts = new ArtifactReads(database);
        Events = new EventReads(database);
        Measurements = new MeasurementReads(database);
        Periods = new PeriodReads(database);
        PolicyList = new PolicyReads(database);
        Signers = new SignerReads(database);
        Evidence = new EvidenceReads(database);
        Inbox = new InboxReads(database);
        Log = new LogReads(database);
        Cosignatures = new Cosignatures(database);
        Timestamps = new CheckpointTimestamps(database);
        Tokens = new TokenStore(database, options.Clock);
        OutboxLeases = new OutboxLeases(database);
        OutboxDeliveries = new OutboxDeliveries(database);
        OutboxStandings = new OutboxStandings(database);
        DeadLetters = new DeadLetters(database);
        Auditor = new Auditor(database, VerifierKey, checkpoints, options.Trust);
    }

    /// <summary>The key that verifies the log's checkpoints; its name is the log's origin.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>The log's name.</summary>
    public string Origin => VerifierKey.Name;

    /// <summary>The log's clock: what is read and what is due is judged by it. The real one, save in a sandbox.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Whether times are given here: see <see cref="Domain.Log.Sandbox"/>.</summary>
    public bool IsSandbox => Clock is SandboxClock;

    /// <summary>Why writes are refused for good; null while they are not. See <see cref="Sequencer.Refusing"/>.</summary>
    public string? Refusing => _sequencer.Refusing;

    /// <summary>Policies by name and version.</summary>
    public PolicyCache Policies { get; }

    /// <summary>Releases, now and as of any time.</summary>
    public ReleaseReads Releases { get; }

    /// <summary>Releases, by what they have.</summary>
    public ReleaseFinder Search { get; }

    /// <summary>Which releases have a deadline that is due.</summary>
    public DeadlineReads Deadlines { get; }

    /// <summary>Which release an artifact is of.</summary>
    public ArtifactReads Artifacts { get; }

    /// <summary>Events, by their place in the log or in their stream.</summary>
    public EventReads Events { get; }

    /// <summary>Every measurement of releases' deployments.</summary>
    public MeasurementReads Measurements { get; }

    /// <summary>Stretches of the log, to be exported.</summary>
    public PeriodReads Periods { get; }

    /// <summary>Policies, as they were published.</summary>
    public PolicyReads PolicyList { get; }

    /// <summary>Those who may sign, with their keys.</summary>
    public SignerReads Signers { get; }

    /// <summary>The bytes that events rest on.</summary>
    public EvidenceReads Evidence { get; }

    /// <summary>Events of other systems that fit no release.</summary>
    public InboxReads Inbox { get; }

    /// <summary>Checkpoints, tiles and proofs.</summary>
    public LogReads Log { get; }

    /// <summary>What witnesses cosigned.</summary>
    public Cosignatures Cosignatures { get; }

    /// <summary>Timestamps over checkpoints.</summary>
    public CheckpointTimestamps Timestamps { get; }

    /// <summary>Bearer tokens.</summary>
    public TokenStore Tokens { get; }

    /// <summary>Which node delivers to which receiver of webhooks.</summary>
    public OutboxLeases OutboxLeases { get; }

    /// <summary>What is due at receivers, and what became of it.</summary>
    public OutboxDeliveries OutboxDeliveries { get; }

    /// <summary>How far receivers have come.</summary>
    public OutboxStandings OutboxStandings { get; }

    /// <summary>What receivers did not take.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>Re-reads everything and says what is wrong.</summary>
    public Auditor Auditor { get; }

    /// <summary>
    /// Brings the schema up to date, checks that the log is the one that was signed, and starts the write path. A database without a log
    /// gets its first event.
    /// </summary>
    /// <exception cref="InvalidDataException">The log is not sound: it was set back, forked, or signed by another key.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<LedgerStore> StartAsync(LedgerStoreOptions options, CancellationToken cancellation = default)
    {
        await Migrator.ApplyAsync(options.OwnerConnectionString, cancellation);
        var database = AppLogin.Connect(options.AppConnectionString ?? await AppLogin.RenewAsync(options.OwnerConnectionString, cancellation));
        var checkpoints = new CheckpointFile(options.CheckpointPath);
        try
        {
            var policies = new PolicyCache(database);
            var signer = new NoteSigner(options.Origin, options.Key);
            var sequencer = await Sequencer.StartAsync(database, policies, signer, checkpoints, options.Clock, options.Sequencer, options.Logger, cancellation);
            var store = new LedgerStore(database, checkpoints, sequencer, policies, signer, options);
            await store.BeginAsync(cancellation);
            await store.RefreshClockAsync(cancellation);
            await store.Log.FollowAsync(cancellation);
            return store;
        }
        catch
        {
            checkpoints.Dispose();
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Told of every group that this node made durable, on the write path's own time: whoever listens only takes note, and does not throw.</summary>
    public event Action? Committed
    {
        add => _sequencer.Committed += value;
        remove => _sequencer.Committed -= value;
    }

    /// <summary>Carries a submission out, durably, or says why not. See <see cref="Sequencer.SubmitAsync"/>.</summary>
    public Task<AppendResult> SubmitAsync(Submission submission) => _sequencer.SubmitAsync(submission);

    /// <summary>What was appended under a key, whenever it was; null where nothing was, or for a request with other content.</summary>
    public async Task<AppendResult.Appended?> FindAsync(IdempotencyKey key, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await Idempotency.FindAsync(_database, [key.Key], cancellation);
        return found.TryGetValue(key.Key, out var first) && first.Request == key.Request ? first.Answer : null;
    }

    /// <summary>Signs a bundle's manifest as the log. Its first line is no log's origin, so that it is never taken for a checkpoint.</summary>
    /// <returns>The signed note.</returns>
    /// <exception cref="ArgumentException">The manifest is of another log.</exception>
    public byte[] Sign(BundleManifest manifest) =>
        manifest.Origin == Origin ? manifest.Sign(_signer) : throw new ArgumentException($"the manifest is of '{manifest.Origin}'", nameof(manifest));

    /// <summary>Looks where the clock of a sandbox stands, as any node may have set it; elsewhere there is nothing to look at.</summary>
    public Task RefreshClockAsync(CancellationToken cancellation = default) => Clock is SandboxClock sandbox ? sandbox.RefreshAsync(cancellation) : Task.CompletedTask;

    /// <summary>Whether the database answers.</summary>
    public async Task<bool> IsReachableAsync(CancellationToken cancellation = default)
    {
        try
        {
            await using var command = _database.CreateCommand("select size from ledger_head");
            return await command.ExecuteScalarAsync(cancellation) is long;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Finishes what waits and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sequencer.DisposeAsync();
        Log.Dispose();
        await _database.DisposeAsync();
        _checkpoints.Dispose();
    }

    // Of several nodes that start on an empty database one begins the log; the others find it begun.
    private async Task BeginAsync(CancellationToken cancellation)
    {
        var (size, _) = await LogTree.HeadAsync(_database, cancellation);
        if (size > 0) return;
        var create = new LogCommand.Create(Origin, VerifierKey.ToString());
        var result = await SubmitAsync(new Submission(new Actor("ledger", Role.Admin), create));
        if (result is AppendResult.Unavailable or AppendResult.Faulted)
            throw new InvalidOperationException("the log's first event could not be appended");
    }
}
