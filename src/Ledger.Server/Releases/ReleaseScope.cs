using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Releases;

/// <summary>Which releases a caller may see and change.</summary>
internal static class ReleaseScope
{
    /// <summary>The release to be changed. Whoever asks for another service's is told so.</summary>
    public static Attempt<ReleaseId> ForWriting(HttpContext http, string service, string version)
    {
        if (ReleaseId.TryCreate(service, version) is not { } release) return Problems.ReleaseUnknown(service, version);
        return http.Caller().Covers(release.Service) ? release : Problems.OutOfScope($"the service '{release.Service}'");
    }

    /// <summary>The release to be read. One that the caller may not see is not there.</summary>
    public static Attempt<ReleaseId> ForReading(HttpContext http, string service, string version) =>
        ReleaseId.TryCreate(service, version) is { } release && http.Caller().Covers(release.Service) ? release : Problems.ReleaseUnknown(service, version);
}
