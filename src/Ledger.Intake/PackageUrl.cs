using Ledger.Domain;

namespace Ledger.Intake;

/// <summary>A package URL (https://github.com/package-url/purl-spec): what an artifact is called across ecosystems.</summary>
/// <param name="Type">E.g. <c>oci</c>, in lower case.</param>
/// <param name="Namespace">What stands before the name, or null.</param>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its version, or null. Of an image it is the manifest's digest.</param>
public sealed record PackageUrl(string Type, string? Namespace, string Name, string? Version)
{
    private const int MaxLength = 1000;

    /// <summary>The SHA-256 digest that the version is, or null where it is none.</summary>
    public Digest? Digest => Ledger.Domain.Digest.TryParse(Version, out var digest) ? digest : null;

    /// <summary>Reads <c>pkg:type/namespace/name@version?qualifiers#subpath</c>; qualifiers and subpath are passed over.</summary>
    public static bool TryParse(string? text, out PackageUrl? purl)
    {
        purl = null;
        if (text is null || text.Length > MaxLength || !text.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase)) return false;
        var rest = Before(Before(text[4..], '#'), '?').Trim('/');
        var at = rest.LastIndexOf('@');
        var version = at < 0 ? null : Decode(rest[(at + 1)..]);
        var segments = (at < 0 ? rest : rest[..at]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length < 2 || version is "" || !segments[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-')) return false;
        var name = Decode(segments[^1]);
        if (name.Length == 0) return false;
        var space = segments.Length == 2 ? null : string.Join('/', segments[1..^1].Select(Decode));
        purl = new PackageUrl(segments[0].ToLowerInvariant(), space, name, version);
        return true;
    }

    private static string Before(string text, char mark)
    {
        var index = text.IndexOf(mark, StringComparison.Ordinal);
        return index < 0 ? text : text[..index];
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
