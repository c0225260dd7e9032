using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Ledger.Integrity.Canonical;

/// <summary>
/// One pass over the text: every value is written where it stands, an object remembers where its members landed, and only an object
/// whose names came out of order is written again. Buffers are kept for the next text on the same thread.
/// </summary>
internal sealed class Canonicalizer : IDisposable
{
    private const int KeptBytesMax = 1 << 20;
    private const int KeptMembersMax = 1 << 14;
    private const int ShownNameMax = 64;

    [ThreadStatic] private static Canonicalizer? _spare;

    private readonly GrowingBuffer _output = new();
    private readonly GrowingBuffer _names = new();
    private readonly GrowingBuffer _reordered = new();
    private readonly List<string> _path = [];
    private readonly MemberTable _members = new();
    private string? _error;

    private Canonicalizer()
    {
    }

    public ReadOnlySpan<byte> Written => _output.Written;

    public static Canonicalizer Rent()
    {
        var canonicalizer = _spare ?? new Canonicalizer();
        _spare = null;
        return canonicalizer;
    }

    public void Dispose()
    {
        var bytes = (long)_output.Capacity + _names.Capacity + _reordered.Capacity;
        if (bytes <= KeptBytesMax && _members.Capacity <= KeptMembersMax) _spare = this;
    }

    public bool TryRun(ReadOnlySpan<byte> utf8, [NotNullWhen(false)] out string? error)
    {
        _output.Clear();
        _names.Clear();
        _members.Clear();
        _path.Clear();
        _error = null;
        error = Run(utf8) ? null : _error is null ? FaultOf(utf8) : Describe();
        return error is null;
    }

    private bool Run(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) return Refuse("the text is not UTF-8");
        var scanner = new JsonScanner(utf8);
        return WriteValue(ref scanner, 0) && (scanner.IsAtEnd() || RefuseText());
    }

    private bool WriteValue(ref JsonScanner scanner, int depth)
    {
        switch (scanner.Next())
        {
            case (byte)'"':
                return WriteString(ref scanner);
            case (byte)'{':
                return WriteObject(ref scanner, depth + 1);
            case (byte)'[':
                return WriteArray(ref scanner, depth + 1);
            case (byte)'t':
                return WriteLiteral(ref scanner, "true"u8);
            case (byte)'f':
                return WriteLiteral(ref scanner, "false"u8);
            case (byte)'n':
                return WriteLiteral(ref scanner, "null"u8);
            default:
                if (!scanner.TryTakeNumber(out var number)) return RefuseText();
                return CanonicalNumber.TryWrite(number, _output, out var error) || Refuse(error);
        }
    }

    private bool WriteLiteral(ref JsonScanner scanner, ReadOnlySpan<byte> literal)
    {
        if (!scanner.TryTakeLiteral(literal)) return RefuseText();
        _output.Write(literal);
        return true;
    }

    private bool WriteArray(ref JsonScanner scanner, int depth)
    {
        if (depth > CanonicalJson.MaxDepth) return RefuseText();
        scanner.TryTake((byte)'[');
        _output.Write((byte)'[');
        if (!scanner.TryTake((byte)']'))
        {
            for (var index = 0; index == 0 || scanner.TryTake((byte)','); index++)
            {
                if (index > 0) _output.Write((byte)',');
                if (!WriteValue(ref scanner, depth)) return RefuseWithin(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
            }

            if (!scanner.TryTake((byte)']')) return RefuseText();
        }

        _output.Write((byte)']');
        return true;
    }

    private bool WriteObject(ref JsonScanner scanner, int depth)
    {
        if (depth > CanonicalJson.MaxDepth) return RefuseText();
        scanner.TryTake((byte)'{');
        _output.Write((byte)'{');
        if (scanner.TryTake((byte)'}'))
        {
            _output.Write((byte)'}');
            return true;
        }

        var firstMember = _members.Count;
        var firstName = _names.Length;
        var start = _output.Length;
        var ordered = true;
        do
        {
            var member = new Member { Start = _output.Length, NameStart = _names.Length };
            if (!WriteName(ref scanner)) return false;
            member.NameLength = _names.Length - member.NameStart;
            if (!WriteValue(ref scanner, depth)) return RefuseWithin($".{NameOf(member)}");
            _output.Write((byte)',');
            member.Length = _output.Length - member.Start;

            if (_members.Count > firstMember)
            {
                var order = MemberOrder.Compare(_names.Written, _members[^1], member);
                if (order == 0) return RefuseDuplicate(member);
                ordered &= order < 0;
            }

            _members.Add(member);
        }
        while (scanner.TryTake((byte)','));

        if (!scanner.TryTake((byte)'}')) return RefuseText();
        if (!ordered)
        {
            var members = _members.From(firstMember);
            MemberOrder.Sort(_names, members);
            for (var i = 1; i < members.Length; i++)
                if (MemberOrder.Compare(_names.Written, members[i - 1], members[i]) == 0) return RefuseDuplicate(members[i]);
            Reorder(start, members);
        }

        _output.ReplaceLast((byte)'}');
        _members.Truncate(firstMember);
        _names.Truncate(firstName);
        return true;
    }

    // Every member was written with a comma after it, so any order of them fills the same bytes.
    private void Reorder(int start, ReadOnlySpan<Member> members)
    {
        _reordered.Clear();
        foreach (ref readonly var member in members) _reordered.Write(_output.Written.Slice(member.Start, member.Length));
        _output.Truncate(start);
        _output.Write(_reordered.Written);
    }

    private bool WriteName(ref JsonScanner scanner)
    {
        if (!scanner.TryTakeString(out var name, out var isEscaped)) return RefuseText();
        if (!isEscaped)
        {
            _names.Write(name);
            _output.WriteQuoted(name);
        }
        else
        {
            var start = _names.Length;
            if (!JsonString.TryUnescape(name, _names, out var error)) return Refuse(error);
            JsonString.WriteEscaped(_names.Written[start..], _output);
        }

        if (!scanner.TryTake((byte)':')) return RefuseText();
        _output.Write((byte)':');
        return true;
    }

    private bool WriteString(ref JsonScanner scanner)
    {
        if (!scanner.TryTakeString(out var text, out var isEscaped)) return RefuseText();
        if (!isEscaped)
        {
            // Valid JSON without a backslash holds nothing that RFC 8785 §3.2.2.2 would escape.
            _output.WriteQuoted(text);
            return true;
        }

        var start = _names.Length;
        if (!JsonString.TryUnescape(text, _names, out var error)) return Refuse(error);
        JsonString.WriteEscaped(_names.Written[start..], _output);
        _names.Truncate(start);
        return true;
    }

    private string NameOf(in Member member)
    {
        var name = Encoding.UTF8.GetString(_names.Written.Slice(member.NameStart, member.NameLength));
        return name.Length <= ShownNameMax ? name : $"{name[..ShownNameMax]}…";
    }

    private bool RefuseDuplicate(in Member member) => Refuse($"the property name \"{NameOf(member)}\" occurs twice");

    // The text is not JSON: why, is asked of System.Text.Json once it is known.
    private static bool RefuseText() => false;

    private static string FaultOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            return $"the text is not JSON nested at most {CanonicalJson.MaxDepth} deep: {e.Message}";
        }

        throw new UnreachableException("two readers of JSON differ");
    }

    private bool Refuse(string error)
    {
        _error = error;
        return false;
    }

    // Built from the inside out while a refusal unwinds, so that what is accepted pays nothing for it.
    private bool RefuseWithin(string segment)
    {
        _path.Add(segment);
        return false;
    }

    private string Describe()
    {
        _path.Reverse();
        return _path.Count == 0 ? _error! : $"at ${string.Concat(_path)}: {_error}";
    }
}
