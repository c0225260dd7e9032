using Ledger.Domain;

namespace Ledger.Exports.Periods;

/// <summary>A stretch of time that is exported.</summary>
/// <param name="From">Its beginning, in whole microseconds.</param>
/// <param name="To">Its end, exclusively.</param>
/// <param name="Services">Only the releases of these services, and what is of none; null for all.</param>
public sealed record ExportPeriod(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string>? Services = null)
{
    /// <summary>The one service, or <c>*</c> for every one.</summary>
    /// <exception cref="InvalidOperationException">It is of several services: that has no name.</exception>
    internal string Service => Services switch
    {
        null => "*",
        [var service] => service,
        _ => throw new InvalidOperationException("a period of several services has no name"),
    };

    /// <summary>What a bundle of it is about.</summary>
    internal string Subject => $"period {UtcTimeJsonConverter.ToText(From)} {UtcTimeJsonConverter.ToText(To)} {Service}";
}

/// <summary>The leaves of a period.</summary>
/// <param name="First">The index of the first one, from 0.</param>
/// <param name="End">The index after the last one; the same as <paramref name="First"/> where there is none.</param>
/// <param name="TreeSize">The tree that the period is held against.</param>
/// <param name="Checkpoint">Its signed checkpoint.</param>
internal sealed record PeriodLeaves(long First, long End, long TreeSize, string Checkpoint)
{
    public long FirstSequence => First + 1;

    public long LastSequence => End;
}
