using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Integrity;

namespace Ledger.Store.Log.Audit;

/// <summary>A row of <c>mt_events</c> with everything it holds, and, once it has been examined, what it comes to.</summary>
internal sealed class AuditedRow
{
    public required long Sequence { get; init; }

    /// <summary>Why the row's columns could not be read; the properties after this one are then not to be looked at.</summary>
    public string? Unreadable { get; init; }

    public Guid Id { get; init; }

    public string Stream { get; init; } = string.Empty;

    public long Version { get; init; }

    public string Type { get; init; } = string.Empty;

    public long Microseconds { get; init; }

    public byte[] Data { get; init; } = [];

    public byte[] Headers { get; init; } = [];

    public string? DotNetType { get; init; }

    /// <summary>A column that always has one value and has another; null when there is none.</summary>
    public string? OddColumn { get; init; }

    public DateTimeOffset At => PostgresTime.Time(Microseconds);

    /// <summary>What is wrong with the row by itself, with its code.</summary>
    public (string Code, string Message)? Problem { get; set; }

    /// <summary>The leaf hash recomputed from the row; null when it has none.</summary>
    public Hash? Leaf { get; set; }

    public Hash? Prev { get; set; }

    public Actor? Actor { get; set; }

    public LedgerEvent? Event { get; set; }
}
