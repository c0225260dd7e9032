using System.Globalization;
using System.Text.Json;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Reading;

/// <summary>
/// One value of a document being read: where it is, and where its problems go. Every reader answers with something, so that reading
/// goes on and the author sees all problems at once; what was read counts only if there are none.
/// </summary>
internal readonly record struct JsonValue(JsonElement Element, string Path, List<PolicyProblem> Problems)
{
    internal const int MaxTextLength = 2_000;
    internal const int MaxListLength = 200;

    internal string? AsText()
    {
        if (Element.ValueKind != JsonValueKind.String) return Wrong<string>("a text");
        if (!TryGetString(Element, out var text)) return Refuse<string>(PolicyProblemCodes.InvalidValue, "The text is not valid Unicode; remove the lone surrogate.");
        if (text.Length > MaxTextLength)
            return Refuse<string>(PolicyProblemCodes.TooLarge, $"The text has {text.Length} characters; shorten it to {MaxTextLength} or fewer.");
        if (text.Any(IsHidden)) return Refuse<string>(PolicyProblemCodes.InvalidValue, "The text holds a control character; remove it.");

        // White space at either end means nothing; YAML's block scalars leave a line break there.
        var trimmed = text.Trim();
        return trimmed.Length > 0 ? trimmed : Refuse<string>(PolicyProblemCodes.InvalidValue, "The text is empty; fill it in or leave the member out.");
    }

    internal bool? AsFlag() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Wrong<bool?>("true or false"),
    };

    internal int? AsWhole() =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var number) ? number : Wrong<int?>("a whole number");

    internal decimal? AsDecimal() =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetDecimal(out var number) ? number : Wrong<decimal?>("a number");

    internal Quantity? AsQuantity()
    {
        var text = Element.ValueKind switch
        {
            JsonValueKind.String => TryGetString(Element, out var written) ? written : null,
            JsonValueKind.Number => Element.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
        return Quantity.TryParse(text, out var quantity)
            ? quantity
            : Refuse<Quantity?>(
                PolicyProblemCodes.InvalidValue, $"{Shown(text)} is not a quantity; write a number with a unit.", "e.g. 150ms, 0.5%, 5min, 1000/s, $0.20, 256MiB, true, 0");
    }

    internal Quantity? AsDuration() => AsQuantity(Unit.Milliseconds, "a duration", "e.g. 30s, 5min, 24h, 7d");

    internal Quantity? AsShare() => AsQuantity(Unit.Ratio, "a share", "e.g. 10%");

    internal T? AsChoice<T>() where T : struct, Enum
    {
        if (AsText() is not { } text) return null;
        if (WireNames<T>.TryFind(text, out var value)) return value;
        return Refuse<T?>(
            PolicyProblemCodes.InvalidValue, $"{Shown(text)} is not one of {string.Join(", ", WireNames<T>.All)}.", Nearest.Hint(text, WireNames<T>.All));
    }

    internal IReadOnlyList<T> AsList<T>(Func<JsonValue, T?> read) where T : class
    {
        if (Element.ValueKind != JsonValueKind.Array) return Wrong<IReadOnlyList<T>>("a list") ?? [];
        if (Element.GetArrayLength() > MaxListLength)
            return Refuse<IReadOnlyList<T>>(PolicyProblemCodes.TooLarge, $"The list has {Element.GetArrayLength()} entries; keep it to {MaxListLength} or fewer.") ?? [];

        var list = new List<T>(Element.GetArrayLength());
        foreach (var element in Element.EnumerateArray())
        {
            var index = list.Count;
            // A problem leaves a hole; the holes are never seen, because a document with a problem is refused.
            list.Add(read(new JsonValue(element, $"{Path}[{index}]", Problems))!);
        }

        return list;
    }

    /// <summary>Texts, written as a list or, if there is only one, as it is.</summary>
    internal IReadOnlyList<string> AsTexts() =>
        Element.ValueKind == JsonValueKind.String
            ? AsText() is { } only ? [only] : []
            : AsList(value => value.AsText());

    internal T? AsObject<T>(Func<JsonMembers, T> read) where T : class
    {
        if (Element.ValueKind != JsonValueKind.Object) return Wrong<T>("a mapping");
        var before = Problems.Count;
        var members = new JsonMembers(this);
        var result = read(members);
        members.RefuseUnknown();
        return Problems.Count == before ? result : null;
    }

    internal T? Refuse<T>(string code, string message, string? hint = null)
    {
        Problems.Add(new PolicyProblem(code, Path, message, hint));
        return default;
    }

    internal static bool TryGetString(JsonElement element, out string text)
    {
        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate: valid JSON grammar that no string can hold (RFC 8259 §8.2).
            text = "";
            return false;
        }
    }

    private Quantity? AsQuantity(Unit unit, string what, string example)
    {
        if (AsQuantity() is not { } quantity) return null;
        return quantity.Unit == unit
            ? quantity
            : Refuse<Quantity?>(PolicyProblemCodes.InvalidValue, $"'{quantity.Text}' is not {what}; write a number with a unit.", example);
    }

    private T? Wrong<T>(string wanted)
    {
        var found = Element.ValueKind switch
        {
            JsonValueKind.Object => "a mapping",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => $"the number {Shortened(Element.GetRawText())}",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "nothing",
        };
        return Refuse<T>(PolicyProblemCodes.WrongType, $"Here stands {found}; write {wanted}.");
    }

    // Control characters, and those that turn the direction of writing: a text must not look like another one (Unicode UAX #9 §2).
    private static bool IsHidden(char c) => c is not ('\n' or '\t') && (char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private static string Shown(string? text) => text is null ? "This" : $"'{Shortened(text)}'";

    private static string Shortened(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "…");
}
