using Ledger.Intake.Documents;

namespace Ledger.Intake.CloudEvents;

/// <summary>
/// The context attributes of an event while they are read, with the rules of the specification (sections "Context Attributes" and "Type
/// System"), which hold alike however an event is carried.
/// </summary>
internal sealed class Attributes
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Takes an attribute.</summary>
    /// <returns>Null, or why it may not be.</returns>
    public Refusal? Set(string name, string value)
    {
        if (!IsName(name)) return Invalid($"an attribute's name is not 1 to {CloudEventLimits.MaxNameLength} lower-case letters and digits");
        if (value.Length == 0) return Invalid($"the attribute '{name}' is empty");
        if (value.Length > CloudEventLimits.MaxAttributeLength) return Invalid($"the attribute '{name}' is longer than {CloudEventLimits.MaxAttributeLength} characters");
        if (!IsString(value)) return Invalid($"the attribute '{name}' holds a control character or what is not Unicode");
        if (name is "data") return Invalid("no attribute may be called 'data'");
        return _values.TryAdd(name, value) ? null : Invalid($"the attribute '{name}' is stated twice");
    }

    /// <summary>The event with <paramref name="data"/>, if its attributes are what they must be.</summary>
    public Refusal? TryMake(ReadOnlyMemory<byte>? data, out CloudEvent? made)
    {
        made = null;
        foreach (var required in (ReadOnlySpan<string>)["specversion", "id", "source", "type"])
        {
            if (!_values.ContainsKey(required)) return new Refusal(RefusalCodes.AttributeMissing, $"the event has no '{required}'");
        }

        if (_values["specversion"] != "1.0") return new Refusal(RefusalCodes.EventUnsupported, "the event's 'specversion' is not 1.0");
        if (!IsUriReference(_values["source"])) return Invalid("the attribute 'source' is not a URI reference");
        if (Find("dataschema") is { } schema && !(IsUriReference(schema) && Uri.TryCreate(schema, UriKind.Absolute, out _))) return Invalid("the attribute 'dataschema' is not an absolute URI");
        if (Find("datacontenttype") is { } contentType && !MediaTypes.IsValid(contentType)) return Invalid("the attribute 'datacontenttype' is not a media type");
        DateTimeOffset time = default;
        if (Find("time") is { } stated && !Rfc3339.TryParse(stated, out time)) return Invalid("the attribute 'time' is not a time as RFC 3339 writes it");

        var extensions = _values.Where(pair => !IsDefined(pair.Key)).ToDictionary(StringComparer.Ordinal);
        if (extensions.Count > CloudEventLimits.MaxExtensions) return Invalid($"the event has more than {CloudEventLimits.MaxExtensions} extension attributes");
        made = new CloudEvent(
            _values["id"], _values["source"], _values["type"], Find("subject"), Find("time") is null ? null : time, Find("datacontenttype"), Find("dataschema"), extensions, data);
        return null;
    }

    private string? Find(string name) => _values.GetValueOrDefault(name);

    private static Refusal Invalid(string message) => new(RefusalCodes.AttributeInvalid, message);

    private static bool IsDefined(string name) => name is "specversion" or "id" or "source" or "type" or "subject" or "time" or "datacontenttype" or "dataschema";

    private static bool IsName(string name) => name.Length is > 0 and <= CloudEventLimits.MaxNameLength && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    // "Type System", String: no control characters, no surrogates but in pairs, no code points that Unicode keeps for nobody.
    private static bool IsString(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) return false;
            var codePoint = (int)text[i];
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
                codePoint = char.ConvertToUtf32(text[i], text[++i]);
            }

            if ((codePoint & 0xFFFE) == 0xFFFE || codePoint is >= 0xFDD0 and <= 0xFDEF) return false;
        }

        return true;
    }

    // RFC 3986, section 4.1, by its characters: what is none of them must be percent-encoded, and a percent sign begins an encoded byte.
    private static bool IsUriReference(string text)
    {
        const string others = "-._~:/?#[]@!$&'()*+,;=";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return false;
                i += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(text[i]) && !others.Contains(text[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _);
    }
}
