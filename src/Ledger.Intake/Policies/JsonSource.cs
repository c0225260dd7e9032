using System.Text.Json;

namespace Ledger.Intake.Policies;

/// <summary>Finds the places of values in a JSON document; what they are is read elsewhere.</summary>
internal ref struct JsonSource
{
    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _reader;
    private int _seen;
    private SourcePlace _place;

    private JsonSource(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = PolicyDocument.MaxDepth });
        _place = new SourcePlace(1, 1);
    }

    /// <summary>Null when the document is not JSON; it may still be YAML that begins with a brace.</summary>
    internal static SourceReading? TryRead(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var source = new JsonSource(utf8.Span);
            source._reader.Read();
            var root = source.Value(source.Place());
            source._reader.Read(); // throws where anything follows
            return new SourceReading.Readable(utf8, root);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A member's name with a lone surrogate.
            return null;
        }
    }

    private SourceNode Value(SourcePlace name)
    {
        var node = new SourceNode(name, Place());
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray) node.Add(Value(Place()));
        }
        else if (_reader.TokenType == JsonTokenType.StartObject)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
            {
                var (member, place) = (_reader.GetString()!, Place());
                _reader.Read();
                node.Add(member, Value(place));
            }
        }

        return node;
    }

    // Tokens come in order, so the place is counted on from the last one.
    private SourcePlace Place()
    {
        for (; _seen < _reader.TokenStartIndex; _seen++)
        {
            if (_utf8[_seen] == '\n') _place = new SourcePlace(_place.Line + 1, 1);
            else if ((_utf8[_seen] & 0xC0) != 0x80) _place = _place with { Column = _place.Column + 1 };
        }

        return _place;
    }
}
