using System.Text.Json;
using Ledger.Intake.Readers;

namespace Ledger.Intake.Documents;

/// <summary>
/// A value in a report's document, asked for by shape. A member that is absent or null is absent; a member of another shape makes the
/// whole report refused (the first one is remembered), so that nothing is read from a document that is not what it seems.
/// </summary>
internal readonly record struct Node(JsonElement Element, Findings Findings)
{
    public bool IsAbsent => Element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    public bool IsArray => Element.ValueKind == JsonValueKind.Array;

    /// <summary>The member, of any shape; absent where this is no object.</summary>
    public Node this[string name] => new(IsObject && Element.TryGetProperty(name, out var member) ? member : default, Findings);

    /// <summary>Whether the member is there at all, be it null.</summary>
    public bool Has(string name) => IsObject && Element.TryGetProperty(name, out _);

    /// <summary>The member, which must be an object where it is present.</summary>
    public Node Object(string name)
    {
        var member = this[name];
        if (member.IsAbsent || member.IsObject) return member;
        Findings.WrongShape(name, "an object");
        return new Node(default, Findings);
    }

    /// <summary>The items of a member, which must be an array where it is present; each item must be an object.</summary>
    public IEnumerable<Node> Objects(string name)
    {
        foreach (var item in Array(name))
        {
            if (item.IsObject) yield return item;
            else Findings.WrongShape(name, "an array of objects");
        }
    }

    /// <summary>The items of a member, which must be an array where it is present.</summary>
    public IEnumerable<Node> Array(string name)
    {
        var member = this[name];
        if (member.IsAbsent) return [];
        if (member.IsArray) return member.Items();
        Findings.WrongShape(name, "an array");
        return [];
    }

    /// <summary>How many items a member has that must be an array where it is present.</summary>
    public int ArrayLength(string name)
    {
        var member = this[name];
        if (member.IsAbsent) return 0;
        if (member.IsArray) return member.Element.GetArrayLength();
        Findings.WrongShape(name, "an array");
        return 0;
    }

    /// <summary>The items of this array; none where it is none.</summary>
    public IEnumerable<Node> Items()
    {
        if (!IsArray) yield break;
        foreach (var item in Element.EnumerateArray()) yield return new Node(item, Findings);
    }

    /// <summary>The members of this object; none where it is none.</summary>
    public IEnumerable<(string Name, Node Value)> Members()
    {
        if (!IsObject) yield break;
        foreach (var member in Element.EnumerateObject()) yield return (member.Name, new Node(member.Value, Findings));
    }

    /// <summary>The member's text, or null where it is absent.</summary>
    public string? Text(string name)
    {
        var member = this[name];
        if (member.IsAbsent) return null;
        if (member.Element.ValueKind == JsonValueKind.String) return member.Element.GetString();
        Findings.WrongShape(name, "a string");
        return null;
    }

    /// <summary>The member's truth, or null where it is absent.</summary>
    public bool? Boolean(string name)
    {
        var member = this[name];
        if (member.IsAbsent) return null;
        if (member.Element.ValueKind is JsonValueKind.True or JsonValueKind.False) return member.Element.GetBoolean();
        Findings.WrongShape(name, "true or false");
        return null;
    }

    /// <summary>The member's finite number, or null where it is absent.</summary>
    public double? Number(string name)
    {
        var member = this[name];
        if (member.IsAbsent) return null;
        if (member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        Findings.WrongShape(name, "a number");
        return null;
    }

    /// <summary>The member's count, or null where it is absent. Some tools write counts as <c>2.0</c>.</summary>
    public long? Count(string name)
    {
        if (Number(name) is not { } number) return null;
        if (number is >= 0 and <= 1L << 53 && double.IsInteger(number)) return (long)number;
        Findings.WrongShape(name, "a count");
        return null;
    }
}
