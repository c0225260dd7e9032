using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ledger.Intake.Documents;

/// <summary>
/// Turns YAML into the JSON it means under the core schema of YAML 1.2 (section 10.3), so that one set of readers serves both. Anchors,
/// aliases and tags are refused: reports need none, and an alias can make a small document expand without bound. Several documents in one
/// stream become an array of them.
/// </summary>
internal static partial class YamlReport
{
    /// <summary>Converts <paramref name="yaml"/> (UTF-8).</summary>
    /// <returns>Null, with the JSON, which may still hold a member twice; or why it cannot be read.</returns>
    public static Refusal? TryConvert(ReadOnlySpan<byte> yaml, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (!System.Text.Unicode.Utf8.IsValid(yaml)) return new Refusal(RefusalCodes.Malformed, "the report is not valid UTF-8");
        var documents = new List<ReadOnlyMemory<byte>>();
        try
        {
            var parser = new Parser(new StringReader(Encoding.UTF8.GetString(yaml)));
            while (MoveNext(parser))
            {
                if (parser.Current is not DocumentStart) continue;
                if (Document(parser, out var document) is { } refusal) return refusal;
                if (!document.Span.SequenceEqual("null"u8)) documents.Add(document);
            }
        }
        catch (YamlException e)
        {
            return new Refusal(RefusalCodes.Malformed, $"the report is not valid YAML (line {e.Start.Line}, column {e.Start.Column})");
        }

        json = documents.Count switch { 0 => "null"u8.ToArray(), 1 => documents[0], _ => Joined(documents) };
        return null;
    }

    /// <summary>How much personal data and how many secrets stand in comments, which are no part of what the document means.</summary>
    public static int SensitiveComments(ReadOnlySpan<byte> yaml)
    {
        if (yaml.IndexOf((byte)'#') < 0) return 0;
        var count = 0;
        var scanner = new Scanner(new StringReader(Encoding.UTF8.GetString(yaml)), skipComments: false);
        while (scanner.MoveNext())
        {
            if (scanner.Current is YamlDotNet.Core.Tokens.Comment comment) count += Redactor.Redact(comment.Value).Count;
        }

        return count;
    }

    // The scanner does not say of all broken input that it is broken: some of it trips one of its own assertions.
    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new YamlException(parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, "not YAML", e);
        }
    }

    private static Refusal? Document(Parser parser, out ReadOnlyMemory<byte> json)
    {
        json = default;
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);

        // One entry a level: whether it is a mapping, and whether its next scalar is a key.
        var levels = new Stack<(bool IsMapping, bool AwaitsKey)>();
        while (MoveNext(parser) && parser.Current is not DocumentEnd)
        {
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
                return new Refusal(RefusalCodes.HasAliases, "the report uses YAML anchors, aliases or tags");

            var isKey = levels.TryPeek(out var level) && level.AwaitsKey;
            if (isKey && parser.Current is MappingStart or SequenceStart) return new Refusal(RefusalCodes.Malformed, "a key of the report is not a scalar");
            if (level.IsMapping && parser.Current is Scalar or MappingStart or SequenceStart)
            {
                levels.Pop();
                levels.Push((true, !level.AwaitsKey));
            }

            switch (parser.Current)
            {
                case Scalar scalar when isKey:
                    writer.WritePropertyName(scalar.Value);
                    break;
                case Scalar scalar:
                    Write(writer, scalar);
                    break;
                case MappingStart:
                    writer.WriteStartObject();
                    levels.Push((true, true));
                    break;
                case SequenceStart:
                    writer.WriteStartArray();
                    levels.Push((false, false));
                    break;
                case MappingEnd when !isKey:
                    return new Refusal(RefusalCodes.Malformed, "a key of the report has no value"); // the parser lets broken flow mappings pass
                case MappingEnd:
                    writer.WriteEndObject();
                    levels.Pop();
                    break;
                case SequenceEnd:
                    writer.WriteEndArray();
                    levels.Pop();
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException($"{parser.Current} in a YAML document");
            }

            if (levels.Count > ReportLimits.MaxDepth) return new Refusal(RefusalCodes.TooDeep, $"the report nests deeper than {ReportLimits.MaxDepth} levels");
        }

        writer.Flush();
        json = output.WrittenMemory;
        return null;
    }

    private static void Write(Utf8JsonWriter writer, Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain) writer.WriteStringValue(scalar.Value);
        else if (scalar.Value is "" or "~" or "null" or "Null" or "NULL") writer.WriteNullValue();
        else if (scalar.Value is "true" or "True" or "TRUE") writer.WriteBooleanValue(true);
        else if (scalar.Value is "false" or "False" or "FALSE") writer.WriteBooleanValue(false);
        else if (JsonNumber().IsMatch(scalar.Value)) writer.WriteRawValue(scalar.Value);
        else if (CoreNumber().IsMatch(scalar.Value) && double.TryParse(scalar.Value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteStringValue(scalar.Value);
    }

    private static ReadOnlyMemory<byte> Joined(List<ReadOnlyMemory<byte>> documents)
    {
        var joined = new ArrayBufferWriter<byte>();
        joined.Write("["u8);
        for (var i = 0; i < documents.Count; i++)
        {
            if (i > 0) joined.Write(","u8);
            joined.Write(documents[i].Span);
        }

        joined.Write("]"u8);
        return joined.WrittenMemory;
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();

    // What the core schema takes for a number beyond what JSON does: a plus sign, leading zeros, a bare point.
    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex CoreNumber();
}
