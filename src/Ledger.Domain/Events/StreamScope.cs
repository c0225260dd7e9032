using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Events;

/// <summary>
/// Which streams somebody may see who may see some services. A release is its service's. Policies, signers and the log's own events belong to no service,
/// and everybody is judged by them. Events that fit no release may be about any service: only who sees everything sees them.
/// </summary>
public static class StreamScope
{
    /// <summary>Whether a stream is of the services, or of none and for everybody.</summary>
    /// <param name="stream">The stream's key.</param>
    /// <param name="services">The services; null for everything.</param>
    public static bool Covers(string stream, IReadOnlyCollection<string>? services)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (services is null) return true;
        return ReleaseId.FromStreamKey(stream) is { } release ? services.Contains(release.Service) : !Inbox.IsStream(stream);
    }
}
