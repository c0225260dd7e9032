using System.Buffers;
using System.Text.Json;

namespace Ledger.Integrity.Canonical;

/// <summary>
/// Steps through one JSON text, RFC 8259, as strict as <see cref="Utf8JsonReader"/> and at less cost: its caller knows where in the grammar it
/// stands, so that nothing is kept but the place. A step that cannot be made leaves the scanner where it is of no more use.
/// </summary>
/// <param name="text">Known to be UTF-8.</param>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> EndsRun = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>What the next value or mark begins with, after white space; 0, which nothing begins with, at the end.</summary>
    public byte Next()
    {
        while (_at < _text.Length)
        {
            var next = _text[_at];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) return next;
            _at++;
        }

        return 0;
    }

    /// <summary>Whether nothing but white space is left.</summary>
    public bool IsAtEnd() => Next() == 0 && _at == _text.Length;

    /// <summary>Steps over a mark, if it is what comes next.</summary>
    public bool TryTake(byte mark)
    {
        if (Next() != mark) return false;
        _at++;
        return true;
    }

    /// <summary>Steps over a string.</summary>
    /// <param name="inside">What stands between its quotes, escapes and all.</param>
    /// <param name="isEscaped">Whether there are escapes; each is well formed.</param>
    public bool TryTakeString(out ReadOnlySpan<byte> inside, out bool isEscaped)
    {
        inside = default;
        isEscaped = false;
        if (!TryTake((byte)'"')) return false;
        var start = _at;
        while (true)
        {
            var run = _text[_at..].IndexOfAny(EndsRun);
            if (run < 0) return false;
            _at += run;
            if (_text[_at] == '"') break;
            if (_text[_at] != '\\' || !TryTakeEscape()) return false;
            isEscaped = true;
        }

        inside = _text[start.._at++];
        return true;
    }

    /// <summary>Steps over a number.</summary>
    public bool TryTakeNumber(out ReadOnlySpan<byte> number)
    {
        number = default;
        var start = _at;
        if (Is('-')) _at++;
        if (Is('0')) _at++;
        else if (!TryTakeDigits()) return false;
        if (Is('.'))
        {
            _at++;
            if (!TryTakeDigits()) return false;
        }

        if (Is('e') || Is('E'))
        {
            _at++;
            if (Is('+') || Is('-')) _at++;
            if (!TryTakeDigits()) return false;
        }

        number = _text[start.._at];
        return true;
    }

    /// <summary>Steps over <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public bool TryTakeLiteral(ReadOnlySpan<byte> literal)
    {
        if (!_text[_at..].StartsWith(literal)) return false;
        _at += literal.Length;
        return true;
    }

    private readonly bool Is(char mark) => _at < _text.Length && _text[_at] == mark;

    private bool TryTakeDigits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at])) _at++;
        return _at > start;
    }

    private bool TryTakeEscape()
    {
        var escape = _text[(_at + 1)..];
        if (escape.IsEmpty) return false;
        var length = 1;
        if (escape[0] == 'u')
        {
            length += 4;
            if (escape.Length < length || escape[1..length].ContainsAnyExcept(HexDigits)) return false;
        }
        else if (!"\"\\/bfnrt"u8.Contains(escape[0]))
        {
            return false;
        }

        _at += 1 + length;
        return true;
    }
}
