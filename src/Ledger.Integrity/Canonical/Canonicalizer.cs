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
        error = Run(utf8) ? null : Describe();
        return error is null;
    }

    private bool Run(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) return Refuse("the text is not UTF-8");
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            // The second Read is what refuses trailing data.
            return reader.Read() && WriteValue(ref reader) && !reader.Read();
        }
        catch (JsonException e)
        {
            return Refuse($"the text is not JSON nested at most {CanonicalJson.MaxDepth} deep: {e.Message}");
        }
    }

    private bool WriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return WriteObject(ref reader);
            case JsonTokenType.StartArray:
                return WriteArray(ref reader);
            case JsonTokenType.String:
                return WriteString(ref reader);
            case JsonTokenType.Number:
                return CanonicalNumber.TryWrite(reader.ValueSpan, _output, out var error) || Refuse(error);
            default:
                _output.Write(reader.ValueSpan);
                return true;
        }
    }

    private bool WriteArray(ref Utf8JsonReader reader)
    {
        _output.Write((byte)'[');
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index > 0) _output.Write((byte)',');
            if (!WriteValue(ref reader)) return RefuseWithin(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
        }

        _output.Write((byte)']');
        return true;
    }

    private bool WriteObject(ref Utf8JsonReader reader)
    {
        _output.Write((byte)'{');
        var firstMember = _members.Count;
        var firstName = _names.Length;
        var start = _output.Length;
        var ordered = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = new Member { Start = _output.Length, NameStart = _names.Length };
            if (!WriteName(ref reader, out var error)) return Refuse(error);
            member.NameLength = _names.Length - member.NameStart;
            _output.Write((byte)':');
            reader.Read();
            if (!WriteValue(ref reader)) return RefuseWithin($".{NameOf(member)}");
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

        if (!ordered)
        {
            var members = _members.From(firstMember);
            MemberOrder.Sort(_names, members);
            for (var i = 1; i < members.Length; i++)
                if (MemberOrder.Compare(_names.Written, members[i - 1], members[i]) == 0) return RefuseDuplicate(members[i]);
            Reorder(start, members);
        }

        if (_members.Count > firstMember) _output.ReplaceLast((byte)'}');
        else _output.Write((byte)'}');
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

    private bool WriteName(ref Utf8JsonReader reader, [NotNullWhen(false)] out string? error)
    {
        if (!reader.ValueIsEscaped)
        {
            error = null;
            _names.Write(reader.ValueSpan);
            _output.WriteQuoted(reader.ValueSpan);
            return true;
        }

        var start = _names.Length;
        if (!JsonString.TryUnescape(reader.ValueSpan, _names, out error)) return false;
        JsonString.WriteEscaped(_names.Written[start..], _output);
        return true;
    }

    private bool WriteString(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            // Valid JSON without a backslash holds nothing that RFC 8785 §3.2.2.2 would escape.
            _output.WriteQuoted(reader.ValueSpan);
            return true;
        }

        var start = _names.Length;
        if (!JsonString.TryUnescape(reader.ValueSpan, _names, out var error)) return Refuse(error);
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
