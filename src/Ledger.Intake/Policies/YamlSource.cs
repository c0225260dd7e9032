using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Domain.Policies;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ledger.Intake.Policies;

/// <summary>Turns YAML into JSON, event by event, and refuses what JSON cannot say.</summary>
internal sealed class YamlSource : IDisposable
{
    private readonly Parser _parser;
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly Utf8JsonWriter _writer;

    private YamlSource(string text)
    {
        _parser = new Parser(new StringReader(text));
        _writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    internal static SourceReading Read(string text)
    {
        try
        {
            using var source = new YamlSource(text);
            return source.Document();
        }
        catch (UnreadableException exception)
        {
            return new SourceReading.Unreadable(exception.Problem);
        }
        catch (YamlException exception)
        {
            return Unreadable(PolicyProblemCodes.Syntax, exception.Start, $"This is not YAML: {OneLine(exception.Message)}");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // The parser's own slips on malformed input.
            return Unreadable(PolicyProblemCodes.Syntax, Mark.Empty, "This is not YAML; check directives, escapes and indentation.");
        }
    }

    public void Dispose() => _writer.Dispose();

    private SourceReading Document()
    {
        Next<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return Empty();
        var start = Next<DocumentStart>();
        if (start.Version is { } directive && directive.Version is not { Major: 1, Minor: 2 })
            throw Refused(start, PolicyProblemCodes.UnsupportedYaml, "Only YAML 1.2 is read; remove the %YAML directive.");
        if (_parser.Accept<Scalar>(out var only) && only is { Style: ScalarStyle.Plain, Value: "" }) return Empty();

        var root = Value(Place(_parser.Current!), depth: 0);
        Next<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            throw Refused(second, PolicyProblemCodes.UnsupportedYaml, "Here begins a second document; put each policy into a file of its own.");
        Next<StreamEnd>();
        _writer.Flush();
        return new SourceReading.Readable(_json.WrittenMemory, root);
    }

    private SourceNode Value(SourcePlace name, int depth)
    {
        if (_parser.Accept<AnchorAlias>(out var alias))
            throw Refused(alias, PolicyProblemCodes.UnsupportedYaml, $"The alias '*{alias.Value}' is not read; write the value out.");

        var node = Next<NodeEvent>();
        RefuseExtras(node);
        if (depth >= PolicyDocument.MaxDepth && node is not Scalar)
            throw Refused(node, PolicyProblemCodes.TooDeep, $"The document is nested more than {PolicyDocument.MaxDepth} deep; no policy is.");

        var place = new SourceNode(name, Place(node));
        switch (node)
        {
            case Scalar scalar:
                YamlScalar.Write(scalar, _writer, problem => Refused(scalar, PolicyProblemCodes.InvalidValue, problem));
                break;
            case SequenceStart:
                _writer.WriteStartArray();
                while (!_parser.TryConsume<SequenceEnd>(out _)) place.Add(Value(Place(_parser.Current!), depth + 1));
                _writer.WriteEndArray();
                break;
            case MappingStart:
                _writer.WriteStartObject();
                while (!_parser.TryConsume<MappingEnd>(out _)) Member(place, depth);
                _writer.WriteEndObject();
                break;
        }

        return place;
    }

    private void Member(SourceNode mapping, int depth)
    {
        if (!_parser.Accept<Scalar>(out _))
            throw Refused(_parser.Current!, PolicyProblemCodes.UnsupportedYaml, "A mapping's key must be a plain name.");

        var key = Next<Scalar>();
        RefuseExtras(key);
        if (key is { Style: ScalarStyle.Plain, Value: "<<" })
            throw Refused(key, PolicyProblemCodes.UnsupportedYaml, "The merge key '<<' is not read; write the members out.");
        if (key.Value.Length == 0) throw Refused(key, PolicyProblemCodes.Syntax, "A key is empty; write a name before the colon.");

        _writer.WritePropertyName(key.Value);
        mapping.Add(key.Value, Value(Place(key), depth + 1));
    }

    private static void RefuseExtras(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) throw Refused(node, PolicyProblemCodes.UnsupportedYaml, $"The anchor '&{node.Anchor.Value}' is not read; remove it.");
        if (!node.Tag.IsEmpty) throw Refused(node, PolicyProblemCodes.UnsupportedYaml, "Tags are not read; remove the one that begins with '!'.");
    }

    private T Next<T>() where T : ParsingEvent => _parser.Consume<T>();

    private static SourceReading.Unreadable Empty() =>
        Unreadable(PolicyProblemCodes.Empty, Mark.Empty, "The document is empty; a policy has at least a name and something it asks for.");

    private static UnreadableException Refused(ParsingEvent at, string code, string message) => new(Unreadable(code, at.Start, message).Problem);

    private static SourceReading.Unreadable Unreadable(string code, Mark at, string message) =>
        new(new PolicyDocumentProblem(code, "$", (int)Math.Max(1, at.Line), (int)Math.Max(1, at.Column), message));

    private static SourcePlace Place(ParsingEvent at) => new((int)at.Start.Line, (int)at.Start.Column);

    private static string OneLine(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.Length <= 200 ? line : string.Concat(line.AsSpan(0, 199), "…");
    }

    // Ends the walk down the events; never leaves this class.
    private sealed class UnreadableException(PolicyDocumentProblem problem) : Exception(problem.Message)
    {
        internal PolicyDocumentProblem Problem => problem;
    }
}
