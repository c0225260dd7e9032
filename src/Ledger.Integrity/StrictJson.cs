using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity;

/// <summary>
/// JSON objects that two readers cannot understand differently: what <see cref="CanonicalJson"/> refuses is refused here, duplicate property
/// names first of all, and the limit holds before anything is parsed.
/// </summary>
internal static class StrictJson
{
    public static bool TryParseObject(ReadOnlySpan<byte> utf8, int maxBytes, out JsonElement root, [NotNullWhen(false)] out string? error)
    {
        root = default;
        error = utf8.Length > maxBytes ? $"the text is larger than {maxBytes} bytes" : null;
        if (error is not null) return false;

        using var canonicalizer = Canonicalizer.Rent();
        if (!canonicalizer.TryRun(utf8, out error)) return false;
        if (canonicalizer.Written.Length > maxBytes) error = $"the text is larger than {maxBytes} bytes in canonical form";
        else if (canonicalizer.Written is not [(byte)'{', ..]) error = "the text is not a JSON object";
        else root = JsonElement.Parse(canonicalizer.Written);
        return error is null;
    }

    /// <summary>The string member of this name.</summary>
    /// <returns>Null when there is none, or it is no string.</returns>
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
