namespace Ledger.Store.Embedded;

/// <summary>How an <see cref="EmbeddedPostgres"/> is found, placed and run.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// The folder that holds the cluster, e.g. <c>.ledger/postgres</c>; made when it is missing. A relative path is taken from the current
    /// directory. One living server holds a folder at a time.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// The folder of <c>postgres</c> and <c>initdb</c>. Null: what the environment variable <c>LEDGER_PG_BIN</c> names, else the highest
    /// version found in <c>PATH</c> and the usual places.
    /// </summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>How long the first start may take, crash recovery included. Default: two minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a fast shutdown, which writes a checkpoint, may take before it becomes an immediate one, which leaves recovery to the next
    /// start and loses nothing committed. Zero: immediate at once. Default: one minute.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>PostgreSQL settings that win over ours, by name. For tests and benchmarks.</summary>
    public IReadOnlyDictionary<string, string> ExtraSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes one line for each thing an operator should know. Called from any thread; must not throw.</summary>
    public Action<string>? Log { get; init; }
}
