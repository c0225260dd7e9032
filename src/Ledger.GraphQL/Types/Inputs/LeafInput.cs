using System.Text.Json;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>What an input value looks like before coercion.</summary>
public enum LeafInputKind : byte
{
    /// <summary>A number without fraction and exponent.</summary>
    Int,

    /// <summary>A number with one of them.</summary>
    Float,

    /// <summary>A string.</summary>
    String,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>An enum value's name; in JSON such a name is a string.</summary>
    Enum,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object.</summary>
    Object,

    /// <summary>Null.</summary>
    Null,
}

/// <summary>A value given to a scalar or enum: a literal of a document, or JSON of the variables. Scalars need not tell them apart.</summary>
public readonly struct LeafInput
{
    private readonly JsonElement _json;

    /// <param name="literal">A value of a document that holds no variable.</param>
    public LeafInput(ValueNode literal) => Literal = literal;

    /// <param name="json">A value of the variables.</param>
    public LeafInput(JsonElement json) => _json = json;

    /// <summary>The literal; null for JSON.</summary>
    public ValueNode? Literal { get; }

    /// <summary>What it looks like.</summary>
    public LeafInputKind Kind => Literal switch
    {
        null => KindOfJson(),
        IntValueNode => LeafInputKind.Int,
        FloatValueNode => LeafInputKind.Float,
        StringValueNode => LeafInputKind.String,
        BooleanValueNode => LeafInputKind.Boolean,
        EnumValueNode => LeafInputKind.Enum,
        ListValueNode => LeafInputKind.List,
        ObjectValueNode => LeafInputKind.Object,
        _ => LeafInputKind.Null,
    };

    /// <summary>The digits of a number, what a string says, or an enum value's name; empty for everything else.</summary>
    public string Text => Literal switch
    {
        null when _json.ValueKind == JsonValueKind.Number => _json.GetRawText(),
        null when _json.ValueKind == JsonValueKind.String => _json.GetString()!,
        IntValueNode number => number.Value,
        FloatValueNode number => number.Value,
        StringValueNode text => text.Value,
        EnumValueNode name => name.Value,
        _ => "",
    };

    /// <summary>Whether it is the boolean true.</summary>
    public bool IsTrue => Literal is null ? _json.ValueKind == JsonValueKind.True : Literal is BooleanValueNode { Value: true };

    /// <summary>The value as plain .NET objects, for scalars that take anything: null, bool, double, string, lists and dictionaries.</summary>
    public object? ToObject() => Literal is null ? PlainValue.Of(_json) : PlainValue.Of(Literal);

    /// <summary>The value as messages show it.</summary>
    public override string ToString() => Literal is null ? JsonText.Show(_json) : LiteralText.Show(Literal);

    private LeafInputKind KindOfJson() => _json.ValueKind switch
    {
        JsonValueKind.Number => _json.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? LeafInputKind.Float : LeafInputKind.Int,
        JsonValueKind.String => LeafInputKind.String,
        JsonValueKind.True or JsonValueKind.False => LeafInputKind.Boolean,
        JsonValueKind.Array => LeafInputKind.List,
        JsonValueKind.Object => LeafInputKind.Object,
        _ => LeafInputKind.Null,
    };
}
