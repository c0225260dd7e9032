using System.Text;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Integrity;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Append;

/// <summary>
/// Tells which measurements a stream holds already, however old they are: reporters repeat everything they still know in every message. One
/// look into an index for each, whatever was recorded before; of the groups under way, which no query sees, by memory. Owned by the sequencer's loop.
/// </summary>
/// <param name="database">Where <c>ledger_measurements</c> is.</param>
/// <param name="groupsInFlight">How many groups may be decided and not yet durable.</param>
internal sealed class RecordedSamples(NpgsqlDataSource database, int groupsInFlight)
{
    private const int IdentityBytes = 16;

    // A look-up of its own for each: nothing that the planner could make a scan of the table.
    private const string Query =
        """
        select s.place
        from unnest($1, $2) with ordinality as s (stream_id, identity, place)
        cross join lateral (select from ledger_measurements m where m.stream_id = s.stream_id and m.identity = s.identity limit 1) known
        """;

    private readonly Queue<HashSet<(string Stream, SampleIdentity Identity)>> _underWay = [];
    private HashSet<(string Stream, SampleIdentity Identity)> _current = [];
    private HashSet<(string Stream, SampleIdentity Identity)> _found = [];

    /// <summary>The stored identity of a measurement; <c>ledger_measurements_of</c> in SQL computes the same.</summary>
    public static byte[] Bytes(SampleIdentity sample) => Hash.Sha256(Encoding.UTF8.GetBytes(
        $"{sample.Metric}\n{UtcTimeJsonConverter.ToText(sample.At)}\n{sample.Source}\n{(sample.IsBaseline ? "baseline" : "")}")).ToArray()[..IdentityBytes];

    /// <summary>Forgets the groups under way: none of them was written.</summary>
    public void Clear()
    {
        _underWay.Clear();
        _current = [];
        _found = [];
    }

    /// <summary>Another group begins, so there is room for it: the oldest ones are durable, and seen by every query from now on.</summary>
    public void Begin()
    {
        _underWay.Enqueue(_current = []);
        while (_underWay.Count > groupsInFlight) _underWay.Dequeue();
    }

    /// <summary>Looks up which measurements of <paramref name="commands"/> are durable already.</summary>
    public async Task LoadAsync(IEnumerable<DeploymentCommand.Measure> commands, CancellationToken cancellation)
    {
        _found = [];
        var asked = commands
            .Where(command => command.Samples.Count <= MeasureDecision.SamplesAtMost && !command.StreamKey.Contains('\0', StringComparison.Ordinal))
            .SelectMany(command => command.Samples.Select(sample => (Stream: command.StreamKey, Identity: SampleIdentity.Of(sample))))
            .ToList();
        if (asked.Count == 0) return;

        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. asked.Select(entry => entry.Stream)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. asked.Select(entry => Bytes(entry.Identity))], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) _found.Add(asked[(int)reader.GetInt64(0) - 1]);
    }

    /// <summary>Those of a command's measurements that its stream holds, in the database or in a group under way.</summary>
    public IReadOnlySet<SampleIdentity> Of(DeploymentCommand.Measure command) => command.Samples
        .Select(SampleIdentity.Of)
        .Where(identity => _found.Contains((command.StreamKey, identity)) || _underWay.Any(group => group.Contains((command.StreamKey, identity))))
        .ToHashSet();

    /// <summary>Takes note of what the current group records.</summary>
    /// <returns>The same as it is stored.</returns>
    public IEnumerable<(string Stream, byte[] Identity)> Add(string stream, DeploymentEvent.Measured measured)
    {
        foreach (var sample in measured.Measurements)
        {
            var identity = SampleIdentity.Of(sample);
            _current.Add((stream, identity));
            yield return (stream, Bytes(identity));
        }
    }
}
