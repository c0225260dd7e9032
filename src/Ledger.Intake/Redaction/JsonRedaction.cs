using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ledger.Intake.Redaction;

/// <summary>
/// Redacts the strings of a JSON document in place: every byte that is not part of a redacted string stays as it was, and so does every
/// number. The document is known to be well-formed and within bounds.
/// </summary>
internal sealed class JsonRedaction
{
    private readonly RedactionRules _rules;
    private readonly string[] _path = new string[ReportLimits.MaxDepth + 1];
    private readonly string?[] _nameMember = new string?[ReportLimits.MaxDepth + 1];
    private readonly Dictionary<string, int> _namesUsed = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _output = new();
    private int _copied;
    private int _itemOfRoot = -1;

    private JsonRedaction(RedactionRules rules) => _rules = rules;

    /// <summary>The redacted document, or the document itself where nothing was redacted; and how many replacements were made.</summary>
    public static (ReadOnlyMemory<byte> Json, int Count) Redact(ReadOnlyMemory<byte> json, RedactionRules rules)
    {
        var redaction = new JsonRedaction(rules);
        var count = redaction.Walk(json.Span);
        if (count == 0) return (json, 0);
        redaction._output.Write(json.Span[redaction._copied..]);
        return (redaction._output.WrittenMemory, count);
    }

    private int Walk(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ReportLimits.MaxDepth });
        var count = 0;
        var inArray = new bool[ReportLimits.MaxDepth + 2];
        while (reader.Read())
        {
            var depth = reader.CurrentDepth;
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) continue;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                count += Name(ref reader, json, depth);
                continue;
            }

            if (depth > 0 && inArray[depth])
            {
                _path[depth - 1] = RedactionRules.Item;
                if (depth == 1) _itemOfRoot++;
            }

            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                inArray[depth + 1] = reader.TokenType == JsonTokenType.StartArray;
                _nameMember[depth + 1] = null;
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                count += Value(ref reader, json, depth);
            }
        }

        return count;
    }

    // A name keeps its context out of it: only what shows itself in the text is replaced. Two names of the document must not become one.
    private int Name(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int depth)
    {
        var name = reader.GetString()!;
        _path[depth - 1] = name;
        var (redacted, count) = Redactor.Redact(name);
        if (count == 0) return 0;
        var used = _namesUsed[redacted] = _namesUsed.GetValueOrDefault(redacted) + 1;
        Replace(ref reader, json, used == 1 ? redacted : $"{redacted} ({used})");
        return count;
    }

    private int Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int depth)
    {
        var value = reader.GetString()!;
        var path = _path.AsSpan(0, depth);
        var (redacted, count) = Redact(value, path, depth);
        if (depth > 0 && path[^1] == "name") _nameMember[depth] = value;
        if (count > 0) Replace(ref reader, json, redacted);
        return count;
    }

    private (string Text, int Count) Redact(string value, ReadOnlySpan<string> path, int depth)
    {
        if (Placeholders.Hidden(value)) return (value, 0);
        if (_rules.IsSecret?.Invoke(path) == true) return (Placeholders.Secret, 1);
        if (PlaceholderByName(path, depth) is { } placeholder) return (placeholder, 1);
        return RedactText(value);
    }

    // The member's own name, also for the items of an array under it; or, for {"name": …, "value": …}, what the name says.
    private string? PlaceholderByName(ReadOnlySpan<string> path, int depth)
    {
        var last = path.Length - 1;
        while (last >= 0 && path[last] == RedactionRules.Item) last--;
        if (last < 0) return null;
        if (path[last] == "value" && last == depth - 1 && _nameMember[depth] is { } name) return SensitiveNames.PlaceholderFor(name);
        return SensitiveNames.PlaceholderFor(path[last]);
    }

    private (string Text, int Count) RedactText(string value)
    {
        var repeated = 0;
        if (_itemOfRoot >= 0 && _rules.SecretOfItem is { } secrets && _itemOfRoot < secrets.Count && secrets[_itemOfRoot] is { } secret)
        {
            var parts = value.Split(secret);
            repeated = parts.Length - 1;
            if (repeated > 0) value = string.Join(Placeholders.Secret, parts);
        }

        var (text, count) = Redactor.Redact(value);
        return (text, count + repeated);
    }

    private void Replace(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string text)
    {
        var start = (int)reader.TokenStartIndex;
        _output.Write(json[_copied..start]);
        _output.Write("\""u8);
        _output.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        _output.Write("\""u8);

        // A name's token ends with its colon consumed, so the end is counted from the quotes.
        _copied = start + reader.ValueSpan.Length + 2;
    }
}
