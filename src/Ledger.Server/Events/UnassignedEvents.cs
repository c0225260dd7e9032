namespace Ledger.Server.Events;

/// <summary>What becomes of events that fit no release: <c>Ledger__Events__Unassigned</c>.</summary>
internal enum UnassignedEvents
{
    /// <summary>Kept as evidence in the stream of their source, until somebody assigns them.</summary>
    Keep,

    /// <summary>Refused.</summary>
    Refuse,
}
