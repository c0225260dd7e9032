using System.Text.RegularExpressions;

namespace Ledger.Intake.CloudEvents;

/// <summary>Media types as RFC 2045, section 5.1, writes them.</summary>
public static partial class MediaTypes
{
    /// <summary>Whether <paramref name="text"/> is <c>type/subtype</c>, with parameters or without.</summary>
    public static bool IsValid(string text) => text.Length <= 255 && Pattern().IsMatch(text);

    /// <summary>Whether it is JSON: subtype <c>json</c>, or the structured suffix <c>+json</c> (RFC 6839).</summary>
    public static bool IsJson(string text)
    {
        var essence = Essence(text);
        return essence.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || essence.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The media type without its parameters, in lower case.</summary>
    public static string Essence(string text)
    {
        var semicolon = text.IndexOf(';');
        return (semicolon < 0 ? text : text[..semicolon]).Trim().ToLowerInvariant();
    }

    [GeneratedRegex("""\A[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;\s*[A-Za-z0-9!#$&^_.+-]+=([A-Za-z0-9!#$&^_.+-]+|"[^"\\]*"))*\s*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
