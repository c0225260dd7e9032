namespace Ledger.Server.Events;

/// <summary>What becomes of events that mean nothing here: <c>Ledger__Events__Unknown</c>.</summary>
internal enum UnknownEvents
{
    /// <summary>Kept as evidence in the stream of the release that they are about.</summary>
    Keep,

    /// <summary>Refused.</summary>
    Refuse,
}
