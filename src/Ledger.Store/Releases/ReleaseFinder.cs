using System.Text;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Releases;

/// <summary>Finds releases by what they have, in pages that cost the same wherever they are. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class ReleaseFinder(NpgsqlDataSource database)
{
    /// <summary>The most releases of one answer.</summary>
    public const int LimitMax = 1000;

    /// <summary>Releases in the order of the search, those between two of them. One statement.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="after">The last of the page before; null for the beginning.</param>
    /// <param name="before">The first that is not wanted any more; null for the end.</param>
    /// <param name="limit">1 to <see cref="LimitMax"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public async Task<IReadOnlyList<ReleaseHit>> FindAsync(ReleaseSearch search, ReleaseHit? after, ReleaseHit? before, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        await using var command = database.CreateCommand();
        Build(command, search, after, before, limit);
        var found = new List<ReleaseHit>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var stream = reader.GetString(0);
            found.Add(new ReleaseHit(ReleaseId.FromStreamKey(stream) ?? throw new InvalidDataException($"'{stream}' is not the stream of a release"), reader.GetInt64(1)));
        }

        return found;
    }

    /// <summary>The statement of a page.</summary>
    internal static void Build(NpgsqlCommand command, ReleaseSearch search, ReleaseHit? after, ReleaseHit? before, int limit)
    {
        var query = new Query(command);
        var isOpened = search.Order == ReleaseOrder.Opened;
        var (key, from, to) = (isOpened ? "r.opened_sequence" : "r.stream_id collate \"C\"", search.Descending ? '<' : '>', search.Descending ? '>' : '<');
        var bounds = new List<string>();
        if (after is not null) bounds.Add($"{from} {Key(after)}");
        if (before is not null) bounds.Add($"{to} {Key(before)}");
        query.Add($"select r.stream_id, r.opened_sequence from ledger_releases r where true{Conditions(search, command, isOpened ? bounds : [])}");
        if (!isOpened) query.Add(string.Concat(bounds.Select(bound => $" and {key} {bound}")));
        query.Add($" order by {key}{(search.Descending ? " desc" : "")} limit {query.Value(limit)}").Close();

        string Key(ReleaseHit hit) => isOpened ? query.Value(hit.Opened) : query.Value(hit.Release.StreamKey);
    }

    /// <summary>How many releases a search finds. One statement, whose cost follows the answer.</summary>
    public async Task<long> CountAsync(ReleaseSearch search, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand();
        new Query(command).Add($"select count(*) from ledger_releases r where true{Conditions(search, command, [])}").Close();
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    // Bounds of the place at which a release was opened are told of its terms as well: nothing else keeps the planner from beginning at the first of them.
    private static string Conditions(ReleaseSearch search, NpgsqlCommand command, IReadOnlyList<string> bounds)
    {
        var query = new Query(command);
        var upTo = search.AsOf switch
        {
            null => null,
            AsOf.Time time => Before(query, time.At.AddMicroseconds(1)),
            AsOf.Leaf leaf => query.Value(leaf.Index + 1),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (search.Services is not null) query.Add($" and r.service = any({query.Value(search.Services)})");
        var opened = bounds.ToList();
        if (upTo is not null) opened.Add($"<= {upTo}");
        if (search.OpenedFrom is { } from) opened.Add($"> {Before(query, from)}");
        if (search.OpenedTo is { } to) opened.Add($"<= {Before(query, to)}");
        query.Add(string.Concat(opened.Select(bound => $" and r.opened_sequence {bound}")));
        foreach (var (kind, value) in Terms(search)) query.Add($" and {HasTerm(kind, $"= {query.Value(value)}")}");
        if (search.Commit is { } commit) query.Add($" and {HasTerm("commit", Begins(query, commit.ToLowerInvariant()))}");
        for (var i = 0; i < search.Words.Count; i++)
        {
            var word = search.Words[i];
            query.Add($" and {HasTerm("word", i == search.Words.Count - 1 ? Begins(query, word) : $"= {query.Value(word)}")}");
        }

        foreach (var (kind, values, isThere) in search.Deployment?.Terms ?? [])
            query.Add($" and {(isThere ? "" : "not ")}{HasTerm(kind, values.Count == 0 ? "is not null" : $"= any({query.Value(values)})")}");
        if (search.WaivedGate is { } gate) query.Add($" and {HasTerm("waived", gate.Length == 0 ? "is not null" : $"= {query.Value(gate)}")}");
        if (search.DecidedFrom is not null || search.DecidedTo is not null)
        {
            var within = search.DecidedFrom is { } decidedFrom ? $" and t.sequence > {Before(query, decidedFrom)}" : "";
            if (search.DecidedTo is { } decidedTo) within += $" and t.sequence <= {Before(query, decidedTo)}";
            query.Add($" and {HasTerm("decision", search.Decision is { } verdict ? $"= {query.Value(Verdicts.Name(verdict))}" : "is not null", within)}");
        }

        return query.ToString();

        // The kind is a word of this class and no parameter, so that a plan is made for it.
        string HasTerm(string kind, string value, string within = "") =>
            $"exists (select from ledger_terms t where t.kind = '{kind}' and t.value {value} and t.release = r.opened_sequence{string.Concat(opened.Select(bound => $" and t.release {bound}"))}{(upTo is null ? "" : $" and t.sequence <= {upTo}")}{within})";
    }

    private static IEnumerable<(string Kind, string Value)> Terms(ReleaseSearch search)
    {
        if (search.Version is { } version) yield return ("version", version);
        if (search.Environment is { } environment) yield return ("environment", environment);
        if (search.Artifact is { } artifact) yield return ("artifact", artifact.ToString());
        if (search.Policy is { } policy) yield return ("policy", policy);
        if (search.Tool is { } tool) yield return ("tool", tool);
        if (search.Signer is { } signer) yield return ("signer", signer);
        if (search.Role is { } role) yield return ("role", role);
        if (search.Closed is { } closed) yield return ("closed", CloseOutcomes.Name(closed));
        if (search is { Decision: { } decision, DecidedFrom: null, DecidedTo: null }) yield return ("decision", Verdicts.Name(decision));
    }

    // Asked once for the statement, not once a row.
    private static string Before(Query query, DateTimeOffset at) => $"(select ledger_events_before({query.Value(at)}))";

    // What begins with a text lies between it and it followed by the last character there is, byte by byte.
    private static string Begins(Query query, string text) => $"between {query.Value(text)} and {query.Value(text + "\U0010FFFF")}";

    /// <summary>A statement as it is put together, with its parameters.</summary>
    private sealed class Query(NpgsqlCommand command)
    {
        private readonly StringBuilder _sql = new();

        public Query Add(string sql)
        {
            _sql.Append(sql);
            return this;
        }

        public string Value(long value) => Add(new NpgsqlParameter<long> { TypedValue = value });

        public string Value(string value) => Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });

        public string Value(DateTimeOffset value) => Add(new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });

        public string Value(IReadOnlyList<string> values) => Add(new NpgsqlParameter<string[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

        public void Close() => command.CommandText = _sql.ToString();

        public override string ToString() => _sql.ToString();

        private string Add(NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            return $"${command.Parameters.Count}";
        }
    }
}
