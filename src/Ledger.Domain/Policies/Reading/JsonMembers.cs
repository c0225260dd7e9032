using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Reading;

/// <summary>The members of one JSON object. What nobody asked for by the end of reading is an unknown member.</summary>
internal sealed partial class JsonMembers
{
    private const int MaxShownLength = 60;

    private readonly JsonValue _object;
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    internal JsonMembers(JsonValue value)
    {
        _object = value;
        foreach (var property in value.Element.EnumerateObject())
        {
            var name = NameOf(property);
            if (name is null) value.Refuse<object>(PolicyProblemCodes.InvalidValue, "A member's name is not valid Unicode; remove the lone surrogate.");
            else if (!_members.TryAdd(name, property.Value))
                At(name, property.Value).Refuse<object>(PolicyProblemCodes.DuplicateKey, $"'{Shortened(name)}' stands here twice; remove one.");
        }
    }

    internal bool Has(string member) => _members.TryGetValue(member, out var element) && element.ValueKind != JsonValueKind.Null;

    internal bool IsNull(string member) => _members.TryGetValue(member, out var element) && element.ValueKind == JsonValueKind.Null;

    internal string? Text(string member) => Find(member)?.AsText();

    internal string RequiredText(string member) => Required(member)?.AsText() ?? "";

    internal bool Flag(string member, bool fallback) => Find(member)?.AsFlag() ?? fallback;

    internal int? Whole(string member) => Find(member)?.AsWhole();

    internal int RequiredWhole(string member) => Required(member)?.AsWhole() ?? 0;

    internal decimal RequiredDecimal(string member) => Required(member)?.AsDecimal() ?? 0;

    internal T? Choice<T>(string member) where T : struct, Enum => Find(member)?.AsChoice<T>();

    internal T RequiredChoice<T>(string member) where T : struct, Enum => Required(member)?.AsChoice<T>() ?? default;

    internal Quantity RequiredQuantity(string member) => Required(member)?.AsQuantity() ?? default;

    internal Quantity? Duration(string member) => Find(member)?.AsDuration();

    internal Quantity RequiredDuration(string member) => Required(member)?.AsDuration() ?? default;

    internal Quantity? Share(string member) => Find(member)?.AsShare();

    internal IReadOnlyList<string> Texts(string member) => Find(member)?.AsTexts() ?? [];

    internal IReadOnlyList<string>? OptionalTexts(string member) => Find(member)?.AsTexts();

    internal IReadOnlyList<T> List<T>(string member, Func<JsonValue, T?> read) where T : class => Find(member)?.AsList(read) ?? [];

    internal IReadOnlyList<T> RequiredList<T>(string member, Func<JsonValue, T?> read) where T : class => Required(member)?.AsList(read) ?? [];

    internal T? Object<T>(string member, Func<JsonValue, T?> read) where T : class => Find(member) is { } value ? read(value) : null;

    internal void Refuse(string code, string message, string? hint = null) => _object.Refuse<object>(code, message, hint);

    /// <summary>Refuses the object without a word about its members, whatever they are.</summary>
    internal void RefuseWhole(string code, string message, string? hint = null)
    {
        Refuse(code, message, hint);
        _known.AddRange(_members.Keys);
    }

    /// <summary>Refuses every member that nobody asked for. To be called last.</summary>
    internal void RefuseUnknown()
    {
        var known = string.Join(", ", _known.Distinct().Order(StringComparer.Ordinal));
        foreach (var (name, element) in _members.Where(member => !_known.Contains(member.Key)).Take(PolicyJson.MaxProblems))
        {
            var hint = Nearest.Hint(name, _known);
            At(name, element).Refuse<object>(
                PolicyProblemCodes.UnknownMember, $"'{Shortened(name)}' is not known here; remove it or correct its name.",
                hint is null ? $"known members: {known}" : $"{hint} known members: {known}");
        }
    }

    private JsonValue? Find(string member)
    {
        _known.Add(member);
        // An explicit null is the same as leaving the member out: YAML writes it as an empty value.
        return Has(member) ? At(member, _members[member]) : null;
    }

    private JsonValue? Required(string member)
    {
        var value = Find(member);
        if (value is null) Refuse(PolicyProblemCodes.MissingMember, $"'{member}' is missing; add it.");
        return value;
    }

    private JsonValue At(string member, JsonElement element) => new(element, _object.Path + Step(member), _object.Problems);

    /// <summary>The step of a JSON path that leads to a member (RFC 9535 §2.5.1): the short form where the name allows it.</summary>
    private static string Step(string member)
    {
        if (ShortName().IsMatch(member) && member.Length <= MaxShownLength) return $".{member}";
        var escaped = Shortened(member).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        return $"['{escaped}']";
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shortened(string text) => text.Length <= MaxShownLength ? text : string.Concat(text.AsSpan(0, MaxShownLength - 1), "…");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShortName();
}
