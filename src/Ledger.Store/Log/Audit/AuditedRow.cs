using Ledger.Domain.Actors;
using Ledger.Integrity;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// A row of <c>mt_events</c> with everything it holds, and, once it has been examined, what it comes to. It belongs to its
/// <see cref="RowBatch"/>, which fills it again with another row.
/// </summary>
internal sealed class AuditedRow
{
    public long Sequence { get; set; }

    /// <summary>The row's columns after the sequence, as PostgreSQL sends them.</summary>
    public ReadOnlyMemory<byte> Columns { get; set; }

    /// <summary>The stream's key; null where the row cannot be read.</summary>
    public string? Stream { get; set; }

    public long Version { get; set; }

    public string Type { get; set; } = string.Empty;

    public long Microseconds { get; set; }

    /// <summary>The event's data, as PostgreSQL writes <c>jsonb</c>.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    public string? DotNetType { get; set; }

    public DateTimeOffset At => PostgresTime.Time(Microseconds);

    /// <summary>What is wrong with the row by itself, with its code.</summary>
    public (string Code, string Message)? Problem { get; set; }

    /// <summary>The leaf hash recomputed from the row; null when it has none.</summary>
    public Hash? Leaf { get; set; }

    public Hash? Prev { get; set; }

    public Actor? Actor { get; set; }

    /// <summary>Makes it ready for another row.</summary>
    public void Begin(long sequence, ReadOnlyMemory<byte> columns)
    {
        (Sequence, Columns) = (sequence, columns);
        (Stream, Type, Version, Microseconds, Data, DotNetType) = (null, string.Empty, 0, 0, default, null);
        (Problem, Leaf, Prev, Actor) = (null, null, null, null);
    }
}
