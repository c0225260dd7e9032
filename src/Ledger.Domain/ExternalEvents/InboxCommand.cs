using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.ExternalEvents;

/// <summary>What may be asked about events that fit no release.</summary>
public abstract record InboxCommand : LedgerCommand
{
    private InboxCommand(string source) => Source = source;

    /// <summary>Who sent the event, after redaction.</summary>
    public string Source { get; }

    internal override string Stream => Inbox.StreamOf(Source);

    /// <summary>Keep one until its release is known.</summary>
    /// <param name="Told">What is kept of it.</param>
    public sealed record Receive(InboxEvent.Received Told) : InboxCommand(Told.Source)
    {
        internal override string Act => "keep an event of another system";
    }

    /// <summary>Say that one is on record for a release.</summary>
    /// <param name="Source">Who sent it.</param>
    /// <param name="Event">The event that was received; whoever asks has read it.</param>
    /// <param name="Release">The release.</param>
    /// <param name="Placed">What records it there; whoever asks has appended it.</param>
    public sealed record Assign(string Source, EventReference Event, ReleaseId Release, EventReference Placed) : InboxCommand(Source)
    {
        internal override string Act => "assign an event of another system to a release";
    }
}
