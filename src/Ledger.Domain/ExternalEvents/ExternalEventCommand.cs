using Ledger.Domain.Releases;

namespace Ledger.Domain.ExternalEvents;

/// <summary>What may be asked about the events of other systems.</summary>
public abstract record ExternalEventCommand : ReleaseCommand
{
    private ExternalEventCommand(ReleaseId release) : base(release) { }

    /// <summary>Keep an event as evidence.</summary>
    /// <param name="Release">The release that it is about.</param>
    /// <param name="Told">What is kept of it.</param>
    public sealed record Keep(ReleaseId Release, ExternalEvent.Kept Told) : ExternalEventCommand(Release)
    {
        internal override string Act => "keep an event of another system";
    }
}
