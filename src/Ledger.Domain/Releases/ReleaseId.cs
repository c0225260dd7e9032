using System.Text.RegularExpressions;

namespace Ledger.Domain.Releases;

/// <summary>A release: a service and a version of it, written <c>service/version</c>.</summary>
public sealed partial record ReleaseId
{
    private const string StreamPrefix = "release/";

    private ReleaseId(string service, string version) => (Service, Version) = (service, version);

    /// <summary>Lower-case letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; 1 to 64 characters.</summary>
    public string Service { get; }

    /// <summary>Letters, digits, <c>.</c>, <c>_</c>, <c>+</c> and <c>-</c>; 1 to 64 characters.</summary>
    public string Version { get; }

    /// <summary>The key of the release's stream.</summary>
    public string StreamKey => $"{StreamPrefix}{Service}/{Version}";

    /// <summary>Makes an id of its two parts.</summary>
    /// <returns>Null when a part has a character, or a length, that it may not have.</returns>
    public static ReleaseId? TryCreate(string? service, string? version) =>
        service is not null && version is not null && ServicePattern().IsMatch(service) && VersionPattern().IsMatch(version)
            ? new ReleaseId(service, version)
            : null;

    /// <summary>Reads <c>service/version</c>; null when it is not one.</summary>
    public static ReleaseId? TryParse(string? text) =>
        text?.Split('/') is [var service, var version] ? TryCreate(service, version) : null;

    /// <summary>Reads a stream key; null when it is not a release's.</summary>
    public static ReleaseId? FromStreamKey(string key) =>
        key.StartsWith(StreamPrefix, StringComparison.Ordinal) ? TryParse(key[StreamPrefix.Length..]) : null;

    /// <summary>Whether <paramref name="service"/> could be a service's name.</summary>
    public static bool IsService(string? service) => service is not null && ServicePattern().IsMatch(service);

    /// <inheritdoc/>
    public override string ToString() => $"{Service}/{Version}";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
