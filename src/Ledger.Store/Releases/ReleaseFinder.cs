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

    /// <summary>
    /// Releases in the order of the search, those between two of them. One statement; one more where those to which that did not happen by which they are ordered
    /// begin or end on the page.
    /// </summary>
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
        var found = new List<ReleaseHit>();
        foreach (var areAbsent in Parts(search, after, before))
        {
            await using var command = database.CreateCommand();
            Build(command, search, after, before, limit - found.Count, areAbsent);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var stream = reader.GetString(0);
                found.Add(new ReleaseHit(
                    ReleaseId.FromStreamKey(stream) ?? throw new InvalidDataException($"'{stream}' is not the stream of a release"), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2)));
            }

            if (found.Count == limit) break;
        }

        return found;
    }

    // What happened to some and not to others has two parts, one behind the other; a page may lie in either, or in both.
    private static IEnumerable<bool> Parts(ReleaseSearch search, ReleaseHit? after, ReleaseHit? before)
    {
        if (search.Order is not (ReleaseOrder.Decided or ReleaseOrder.Closed)) return [false];
        bool[] parts = [search.AbsentFirst, !search.AbsentFirst];
        return parts.Skip(after is not null && (after.Key is null) != parts[0] ? 1 : 0).SkipLast(before is not null && (before.Key is null) == parts[0] ? 1 : 0);
    }

    /// <summary>The statement of a page.</summary>
    internal static void Build(NpgsqlCommand command, ReleaseSearch search, ReleaseHit? after, ReleaseHit? before, int limit, bool areAbsent = false)
    {
        var query = new Query(command);
        query.Add((search.Order, areAbsent) switch
        {
            (ReleaseOrder.Opened or ReleaseOrder.Name, _) => Plain(query, search, after, before),
            (ReleaseOrder.Changed, _) => Changes(query, search, after, before),
            (ReleaseOrder.Decided, false) => Moments(query, search, after, before, "decided_at"),
            (ReleaseOrder.Decided, true) => Absent(query, search, after, before, "decision", Enum.GetValues<Verdict>().Select(Verdicts.Name)),
            (ReleaseOrder.Closed, false) => Moments(query, search, after, before, "closed_at"),
            (ReleaseOrder.Closed, true) => Absent(query, search, after, before, "closed", Enum.GetValues<CloseOutcome>().Select(CloseOutcomes.Name)),
            _ => throw new System.Diagnostics.UnreachableException(),
        }).Add($" limit {query.Value(limit)}").Close();
    }

    private static string Plain(Query query, ReleaseSearch search, ReleaseHit? after, ReleaseHit? before)
    {
        var isOpened = search.Order == ReleaseOrder.Opened;
        var key = isOpened ? "r.opened_sequence" : "r.stream_id collate \"C\"";
        var bounds = Bounds(search, after, before, hit => isOpened ? query.Value(hit.Opened) : query.Value(hit.Release.StreamKey));
        var beside = isOpened ? "" : string.Concat(bounds.Select(bound => $" and {key} {bound}"));
        return $"select r.stream_id, r.opened_sequence, null::bigint from ledger_releases r where true{Conditions(search, query, isOpened ? bounds : [])}{beside} order by {key}{Direction(search)}";
    }

    // Those to which it happened, by the newest time that it did: a release may be decided more than once.
    private static string Moments(Query query, ReleaseSearch search, ReleaseHit? after, ReleaseHit? before, string kind)
    {
        var upTo = UpTo(query, search);
        var bounds = Bounds(search, after?.Key is null ? null : after, before?.Key is null ? null : before, hit => query.Value(hit.Key ?? 0));
        return "select r.stream_id, r.opened_sequence, k.sequence from ledger_terms k join ledger_releases r on r.opened_sequence = k.release "
            + $"where k.kind = '{kind}'{string.Concat(bounds.Select(bound => $" and k.sequence {bound}"))}{(upTo is null ? "" : $" and k.sequence <= {upTo}")}{Conditions(search, query, [])} "
            + $"and not exists (select from ledger_terms n where n.kind = '{kind}' and n.release = k.release and n.sequence > k.sequence{(upTo is null ? "" : $" and n.sequence <= {upTo}")}) "
            + $"order by k.sequence{Direction(search)}";
    }

    // Those to which it did not, by when they were opened.
    private static string Absent(Query query, ReleaseSearch search, ReleaseHit? after, ReleaseHit? before, string term, IEnumerable<string> values)
    {
        var upTo = UpTo(query, search);
        var bounds = Bounds(search, after?.Key is null ? after : null, before?.Key is null ? before : null, hit => query.Value(hit.Opened));
        var has = $"t.kind = '{term}' and t.value = any({query.Value([.. values])}) and t.release = r.opened_sequence{(upTo is null ? "" : $" and t.sequence <= {upTo}")}";
        return $"select r.stream_id, r.opened_sequence, null::bigint from ledger_releases r where not exists (select from ledger_terms t where {has}){Conditions(search, query, bounds)} "
            + $"order by r.opened_sequence{Direction(search)}";
    }

    // Along the log itself: an event that no other of its stream follows is a release's last change. Nothing is written for it, so it costs no append anything.
    private static string Changes(Query query, ReleaseSearch search, ReleaseHit? after, ReleaseHit? before)
    {
        var upTo = UpTo(query, search);
        var bounds = Bounds(search, after, before, hit => query.Value(hit.Key ?? 0));
        if (upTo is not null) bounds.Add($"<= {upTo}");
        return "select r.stream_id, r.opened_sequence, e.seq_id from mt_events e join ledger_releases r on r.stream_id = e.stream_id "
            + $"where not exists (select from mt_events n where n.stream_id = e.stream_id and n.version = e.version + 1{(upTo is null ? "" : $" and n.seq_id <= {upTo}")})"
            + $"{string.Concat(bounds.Select(bound => $" and e.seq_id {bound}"))}{Conditions(search, query, [])} order by e.seq_id{Direction(search)}";
    }

    private static string Direction(ReleaseSearch search) => search.Descending ? " desc" : "";

    private static List<string> Bounds(ReleaseSearch search, ReleaseHit? after, ReleaseHit? before, Func<ReleaseHit, string> key)
    {
        var bounds = new List<string>();
        if (after is not null) bounds.Add($"{(search.Descending ? '<' : '>')} {key(after)}");
        if (before is not null) bounds.Add($"{(search.Descending ? '>' : '<')} {key(before)}");
        return bounds;
    }

    // The last place in the log that is looked at; null for all of it.
    private static string? UpTo(Query query, ReleaseSearch search) => search.AsOf switch
    {
        null => null,
        AsOf.Time time => Before(query, time.At.AddMicroseconds(1)),
        AsOf.Leaf leaf => query.Value(leaf.Index + 1),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>How many releases a search finds. One statement, whose cost follows the answer.</summary>
    public async Task<long> CountAsync(ReleaseSearch search, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand();
        var query = new Query(command);
        query.Add($"select count(*) from ledger_releases r where true{Conditions(search, query, [])}").Close();
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    // Bounds of the place at which a release was opened are told of its terms as well: nothing else keeps the planner from beginning at the first of them.
    private static string Conditions(ReleaseSearch search, Query query, IReadOnlyList<string> bounds)
    {
        var (sql, upTo) = (new StringBuilder(), UpTo(query, search));
        if (search.Services is not null) sql.Append($" and r.service = any({query.Value(search.Services)})");
        var opened = bounds.ToList();
        if (upTo is not null) opened.Add($"<= {upTo}");
        if (search.OpenedFrom is { } from) opened.Add($"> {Before(query, from)}");
        if (search.OpenedTo is { } to) opened.Add($"<= {Before(query, to)}");
        sql.Append(string.Concat(opened.Select(bound => $" and r.opened_sequence {bound}")));
        foreach (var (kind, value) in Terms(search)) sql.Append($" and {HasTerm(kind, $"= {query.Value(value)}")}");
        if (search.Commit is { } commit) sql.Append($" and {HasTerm("commit", Begins(query, commit.ToLowerInvariant()))}");
        for (var i = 0; i < search.Words.Count; i++)
        {
            var word = search.Words[i];
            sql.Append($" and {HasTerm("word", i == search.Words.Count - 1 ? Begins(query, word) : $"= {query.Value(word)}")}");
        }

        foreach (var (kind, values, isThere) in search.Deployment?.Terms ?? [])
            sql.Append($" and {(isThere ? "" : "not ")}{HasTerm(kind, values.Count == 0 ? "is not null" : $"= any({query.Value(values)})")}");
        if (search.WaivedGate is { } gate) sql.Append($" and {HasTerm("waived", gate.Length == 0 ? "is not null" : $"= {query.Value(gate)}")}");
        Happened("decision", search.Decision is { } verdict ? Verdicts.Name(verdict) : null, search.DecidedFrom, search.DecidedTo);
        Happened("closed", search.Closed is { } outcome ? CloseOutcomes.Name(outcome) : null, search.EndedFrom, search.EndedTo);

        return sql.ToString();

        // That it happened, and when; nothing where none of it is asked.
        void Happened(string kind, string? value, DateTimeOffset? since, DateTimeOffset? until)
        {
            if (value is null && since is null && until is null) return;
            var within = since is { } begin ? $" and t.sequence > {Before(query, begin)}" : "";
            if (until is { } end) within += $" and t.sequence <= {Before(query, end)}";
            sql.Append($" and {HasTerm(kind, value is null ? "is not null" : $"= {query.Value(value)}", within)}");
        }

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

        private string Add(NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            return $"${command.Parameters.Count}";
        }
    }
}
