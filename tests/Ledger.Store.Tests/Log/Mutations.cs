using System.Globalization;
using Npgsql;

namespace Ledger.Store.Tests.Log;

/// <summary>Draws mutations: every table, every column, deleted, swapped, inserted and truncated rows.</summary>
internal sealed class Mutations(NpgsqlConnection connection, Random random, long size)
{
    /// <summary>An event at the end that nothing sealed.</summary>
    public const string InsertEvent =
        """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
        select seq_id + 1, gen_random_uuid(), stream_id, version + 1, data, type, timestamp, mt_dotnet_type, headers
        from mt_events order by seq_id desc limit 1
        """;

    private static readonly string[] EventColumns =
    [
        "id = gen_random_uuid()", "stream_id = null", "stream_id = 'release/none/v1'", "stream_id = 'ledger '", "version = version + 100000", "version = 0", "version = -version",
        "data = data || '{\"extra\":1}'", "data = '{}'", "data = 'null'", "data = '[]'", "data = jsonb_set(data, array[(select min(k) from jsonb_object_keys(data) k)], '\"changed\"')",
        "data = data - (select max(k) from jsonb_object_keys(data) k)", "bdata = ''", "bdata = '\\x01'",
        "type = 'ledger_created '", "type = 'unknown'", "type = ''", "timestamp = timestamp + interval '1 microsecond'", "timestamp = timestamp - interval '1 microsecond'",
        "timestamp = 'infinity'", "timestamp = '-infinity'", "timestamp = '20000-01-01'", "tenant_id = null", "tenant_id = 'other'", "mt_dotnet_type = null", "mt_dotnet_type = 'Other, Other'",
        "correlation_id = ''", "correlation_id = 'x'", "causation_id = 'x'", "headers = null", "headers = '{}'", "headers = headers || '{\"extra\":null}'", "headers = headers - 'prev'",
        "headers = headers || '{\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\"}'", "headers = jsonb_set(headers, '{actor,id}', '\"somebody\"')",
        "headers = jsonb_set(headers, '{actor,role}', '\"ci\"')", "headers = jsonb_set(headers, '{actor,extra}', '1')", "headers = headers - 'actor'", "is_archived = true", "is_archived = null",
    ];

    // One character of the signature changed.
    private const string Flipped = "overlay(line placing case substr(line, length(line) - 20, 1) when 'A' then 'B' else 'A' end from length(line) - 20 for 1)";

    // A table, the key of its rows, and what can be done to the columns of one.
    private static readonly (string Table, string[] Columns)[] Others =
    [
        ("ledger_seals", ["size = size + 1000000", "root = sha256(root)", "leaves = leaves || sha256(leaves)", "checkpoint = checkpoint || checkpoint", "checkpoint = ''", "checkpoint = replace(checkpoint, 'A', 'B') || ' '",
            "checkpoint = checkpoint || '— somebody.else ' || substr(checkpoint, length(checkpoint) - 20)", "root = sha256(''), leaves = sha256('')"]),
        ("ledger_tiles", ["level = level + 1", "level = 7", "index = index + 1000", "hashes = overlay(hashes placing '\\x00000000' from 100 for 4)"]),
        ("ledger_head", ["size = size + 1", "size = size - 1", "size = 0", "root = sha256(root)"]),
        ("mt_streams", ["id = id || 'x'", "type = 'other'", "type = null", "version = version + 1", "version = version - 1", "version = null", "timestamp = timestamp + interval '1 microsecond'", "timestamp = 'infinity'",
            "created = created - interval '1 microsecond'", "created = '20000-01-01'", "tenant_id = 'x'", "tenant_id = null", "is_archived = true", "is_archived = null"]),
        ("ledger_releases", ["stream_id = stream_id || 'x'", "opened_sequence = opened_sequence + 100000", "service = service || 'x'", "facts = facts || '{\"extra\":1}'", "facts = '{}'", "facts = 'null'", "facts = facts - 'openedAt'",
            "facts = jsonb_set(facts, '{opened,commit}', '\"0000000\"')"]),
        ("ledger_gates", ["stream_id = stream_id || 'x'", "gate = gate || 'x'", "state = '{}'", "state = state || '{\"extra\":1}'", "state = state - 'attestations'",
            "state = replace(state::text, 'tester', 'somebody')::jsonb || '{\"waiver\":null}'"]),
        ("ledger_evidence", ["digest = sha256(digest)", "media_type = media_type || 'x'", "bytes = bytes || '\\x00'", "bytes = ''"]),
        ("ledger_cosignatures", ["size = size + 1000000", "size = (select min(size) from ledger_seals)", "witness = witness || 'A'", "line = line || 'A'", "line = line || e'\\n' || line", "line = ''", $"line = {Flipped}"]),
        ("ledger_timestamps", ["size = size + 1000000", "size = (select min(size) from ledger_seals)", "token = token || '\\x00'", "token = '\\x30'",
            "token = set_byte(token, octet_length(token) - 8, get_byte(token, octet_length(token) - 8) # 1)"]),
        ("ledger_idempotency", ["sequence = sequence + 100000", "sequence = -sequence", "count = 100000", "sequence = case when sequence = 1 then 2 else 1 end"]),
    ];

    private static readonly string[] Inserts =
    [
        InsertEvent,
        "insert into ledger_seals select size + 1, sha256(leaves), sha256(root), checkpoint from ledger_seals order by size desc limit 1",
        "insert into ledger_tiles select 0, index + 100, hashes from ledger_tiles limit 1",
        "insert into ledger_tiles select 1, 0, hashes from ledger_tiles limit 1",
        "insert into mt_streams (id, type, version) values ('release/none/v1', 'release', 1)",
        "insert into ledger_releases select stream_id || 'x', -opened_sequence, service, facts from ledger_releases limit 1",
        "insert into ledger_gates select stream_id, 'other', state from ledger_gates limit 1",
        "insert into ledger_evidence values (sha256('x'), 'text/plain', 'x')",
        "insert into ledger_evidence values (sha256('x'), 'text/plain', 'y')",
        "insert into ledger_idempotency select sha256(key), request, sequence, count from ledger_idempotency limit 1",
    ];

    private static readonly string[] Truncated =
        ["mt_events", "ledger_seals", "ledger_tiles", "ledger_head", "ledger_gates", "ledger_releases", "ledger_evidence"];

    /// <summary>Each column of each table once, and each other kind once.</summary>
    public async Task<IReadOnlyList<Mutation>> EachOnceAsync()
    {
        var all = EventColumns.Select(OfEvent).ToList();
        foreach (var (table, columns) in Others)
        {
            foreach (var column in columns) all.Add(await OfRowAsync(table, column));
            all.Add(await DeletedAsync(table));
        }

        all.AddRange(Inserts.Select(Inserted));
        all.AddRange(Truncated.Select(TruncatedTable));
        all.AddRange([Moved(), Deleted(), SwappedData(), Swapped(), TruncatedFrom(), await LeafAsync()]);
        return all;
    }

    public async Task<Mutation> NextAsync()
    {
        var (table, columns) = Others[random.Next(Others.Length)];
        return random.Next(10) switch
        {
            < 4 => OfEvent(EventColumns[random.Next(EventColumns.Length)]),
            4 => random.Next(2) == 0 ? Moved() : Deleted(),
            5 => random.Next(2) == 0 ? SwappedData() : Swapped(),
            6 => random.Next(2) == 0 ? Inserted(Inserts[random.Next(Inserts.Length)]) : TruncatedFrom(),
            7 => table is "ledger_idempotency" ? await LeafAsync() : await DeletedAsync(table),
            _ => await OfRowAsync(table, columns[random.Next(columns.Length)]),
        };
    }

    private static string Invariant(FormattableString sql) => sql.ToString(CultureInfo.InvariantCulture);

    private long Any() => random.NextInt64(1, size + 1);

    private Mutation OfEvent(string column)
    {
        var sequence = Any();
        return new Mutation(Invariant($"update mt_events set {column} where seq_id = {sequence}"), sequence);
    }

    private Mutation Moved()
    {
        var sequence = Any();
        return new Mutation(Invariant($"update mt_events set seq_id = seq_id + 100000 where seq_id = {sequence}"), sequence);
    }

    private Mutation Deleted()
    {
        var sequence = Any();
        return new Mutation(Invariant($"delete from mt_events where seq_id = {sequence}"), sequence);
    }

    private Mutation TruncatedFrom()
    {
        var sequence = Any();
        return new Mutation(Invariant($"delete from mt_events where seq_id >= {sequence}"), sequence);
    }

    // Two events that follow each other in the log are hardly ever alike: they differ in their release at least, or their order in it.
    private Mutation SwappedData()
    {
        var (a, b) = Two();
        return new Mutation(
            Invariant($"update mt_events e set data = o.data, type = o.type, headers = o.headers, mt_dotnet_type = o.mt_dotnet_type, id = o.id from mt_events o where e.seq_id in ({a}, {b}) and o.seq_id = {a} + {b} - e.seq_id"),
            Math.Min(a, b));
    }

    private Mutation Swapped()
    {
        var (a, b) = Two();
        return new Mutation(
            Invariant($"update mt_events set seq_id = seq_id + 1000000 where seq_id in ({a}, {b}); update mt_events set seq_id = {a} + {b} - (seq_id - 1000000) where seq_id > 1000000"), Math.Min(a, b));
    }

    private (long A, long B) Two()
    {
        var a = Any();
        var b = Any();
        return a == b ? (a, (a % size) + 1) : (a, b);
    }

    private Mutation Inserted(string sql) => new(sql, sql == InsertEvent ? size + 1 : null);

    private static Mutation TruncatedTable(string table) => new(Invariant($"truncate {table} cascade"), table == "mt_events" || table == "ledger_seals" ? 1 : null);

    private async Task<Mutation> OfRowAsync(string table, string column) =>
        new(Invariant($"update {table} set {column} where ctid = '{await AnyRowAsync(table)}'"), null);

    // Nothing that is signed says of these that they must be there: what is found is one that belongs to nothing.
    private async Task<Mutation> DeletedAsync(string table) => table switch
    {
        "ledger_idempotency" => await OfRowAsync(table, "count = 0 - count + 100000"),
        "ledger_cosignatures" or "ledger_timestamps" => await OfRowAsync(table, "size = -size"),
        _ => new Mutation(Invariant($"delete from {table} where ctid = '{await AnyRowAsync(table)}'"), null),
    };

    /// <summary>One leaf hash within a seal.</summary>
    private async Task<Mutation> LeafAsync()
    {
        var sequence = Any();
        await using var command = new NpgsqlCommand(
            Invariant($"select size - octet_length(leaves) / 32, ctid::text from ledger_seals where size >= {sequence} order by size limit 1"), connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var at = ((sequence - reader.GetInt64(0) - 1) * 32) + random.Next(32);
        return new Mutation(Invariant($"update ledger_seals set leaves = set_byte(leaves, {at}, get_byte(leaves, {at}) # {1 << random.Next(8)}) where ctid = '{reader.GetString(1)}'"), sequence);
    }

    private async Task<string> AnyRowAsync(string table)
    {
        await using var count = new NpgsqlCommand($"select count(*) from {table}", connection);
        var rows = (long)(await count.ExecuteScalarAsync())!;
        await using var command = new NpgsqlCommand(Invariant($"select ctid::text from {table} offset {random.NextInt64(rows)} limit 1"), connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
