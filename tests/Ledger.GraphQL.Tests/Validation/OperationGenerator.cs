using System.Text;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>
/// Documents for a schema at random, the same for the same seed: they know the types, and now and then do what a rule forbids. How often
/// is the seed's choice too, so that some documents are valid.
/// </summary>
internal sealed class OperationGenerator(Schema schema, int seed)
{
    private const int DepthMax = 4;

    private static readonly string[] FragmentNames = ["A", "B", "C", "D"];
    private static readonly string[] VariableNames = ["a", "b", "c"];
    private static readonly string[] Literals = ["1", "-2147483649", "1.5", "\"x\"", "true", "null", "UP", "PASED", "[1]", "[]", "{}", "{id: 1}", "{id: null}", "{need: true, need: true}", "[[1], null]"];
    private static readonly string[] VariableTypes = ["Int", "Int!", "ID", "ID!", "String", "String!", "Boolean", "[Int]", "[Int!]", "Order", "Status", "GateFilter", "Pick", "Any", "Release", "Nothing", "[String!]", "Float", "[[Int!]!]"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly int _faultsPerThousand = (seed % 4) switch { 0 => 0, 1 => 10, 2 => 30, _ => 90 };
    private int _lists;

    public static string Document(Schema schema, int seed) => new OperationGenerator(schema, seed).Write();

    private bool Fault => _random.Next(1_000) < _faultsPerThousand;

    private bool Half => _random.Next(2) == 0;

    private string Write()
    {
        var operations = Fault ? 2 : 1;
        for (var i = 0; i < operations; i++) Operation(operations > 1 && !Fault ? $"O{i}" : Half ? "O" : "");
        foreach (var name in FragmentNames)
        {
            if (_random.Next(5) > 0) Fragment(Fault ? "A" : name);
        }

        if (Fault) _text.Append(Pick("type Extra { a: Missing }", "extend schema @onQuery", "directive @extra(a: Int!) on FIELD", "input Made { a: Int = {b: 1, b: 2} }")).Append('\n');
        return _text.ToString();
    }

    private void Operation(string name)
    {
        var kind = _random.Next(10) switch { 0 => "mutation", 1 => "subscription", _ => "query" };
        var root = schema.FindType(kind switch { "mutation" => "Mutation", "subscription" => "Subscription", _ => "Query" });
        _text.Append(kind).Append(' ').Append(name);
        if (Half) Variables();
        if (kind == "query" && Half) _text.Append(" @onQuery");
        Directives("query");
        Selections((CompositeType)root!, 0, isSingle: kind == "subscription" && !Fault);
        _text.Append('\n');
    }

    private void Variables()
    {
        _text.Append('(');
        foreach (var name in VariableNames)
        {
            if (Half) continue;
            _text.Append('$').Append(Fault ? "a" : name).Append(": ").Append(Pick(VariableTypes));
            if (_random.Next(4) == 0) _text.Append(" = ").Append(Pick(Literals));
            Directives("variable");
            _text.Append(' ');
        }

        _text.Append("$z: Int)");
    }

    private void Fragment(string name)
    {
        var type = Fault ? Pick("Nothing", "Status", "Pick") : Pick("Release", "Gate", "Node", "Named", "Thing", "Query", "Signer");
        _text.Append("fragment ").Append(name).Append(" on ").Append(type);
        Directives("fragment");
        Selections(schema.FindType(type) as CompositeType ?? (CompositeType)schema.FindType("Gate")!, 1);
        _text.Append('\n');
    }

    private void Selections(CompositeType type, int depth, bool isSingle = false)
    {
        _text.Append(" { ");
        for (var count = isSingle ? 1 : _random.Next(1, 5); count > 0; count--) Selection(type, depth, isSingle);
        _text.Append("} ");
    }

    private void Selection(CompositeType type, int depth, bool isSingle)
    {
        var choice = isSingle ? 9 : _random.Next(10);
        if (choice == 0)
        {
            _text.Append("...").Append(Fault ? "Missing" : Pick(FragmentNames));
            Directives("spread");
            _text.Append(' ');
        }
        else if (choice < 3 && depth < DepthMax)
        {
            Inline(type, depth);
        }
        else if (choice == 3 || type is not FieldedType)
        {
            // Names of its own: whether __typename may merge with another field is where the reference looks away.
            _text.Append(Half ? "__typename " : Pick("t1: __typename ", "t2: __typename "));
        }
        else
        {
            Field((FieldedType)type, depth);
        }
    }

    private void Inline(CompositeType type, int depth)
    {
        _text.Append("... ");
        var possible = schema.PossibleTypes(type);
        var condition = _random.Next(3) == 0 ? type : possible[_random.Next(possible.Length)];
        if (Fault) _text.Append("on ").Append(Pick("Nothing", "Order", "Signer", "Mutation"));
        else if (Half) _text.Append("on ").Append(condition);
        else condition = type;
        Directives("inline");
        Selections(condition, depth + 1);
    }

    private void Field(FieldedType type, int depth)
    {
        var field = type.Fields[_random.Next(type.Fields.Count)];
        if (depth >= DepthMax) field = type.Fields.FirstOrDefault(each => each.Type.Named is LeafType) ?? field;
        if (_random.Next(6) == 0) _text.Append(Pick("id", "count", "x")).Append(": ");
        _text.Append(Fault ? Pick("nam", "versions", "gate", "missing", "__schema") : field.Name);
        Arguments(field);
        Directives("field");
        if (field.Type.Named is CompositeType composite ? !Fault : Fault) Selections(field.Type.Named as CompositeType ?? type, depth + 1);
        _text.Append(' ');
    }

    private void Arguments(FieldDefinition field)
    {
        var given = field.Arguments.Where(argument => argument.IsRequired ? !Fault : _random.Next(3) == 0).ToList();
        if (given.Count == 0 && !Fault) return;
        _text.Append('(');
        foreach (var argument in given)
        {
            _text.Append(argument.Name).Append(": ");
            Value(argument.Type, 0);
            if (Fault) _text.Append(' ').Append(argument.Name).Append(": null");
            _text.Append(' ');
        }

        if (given.Count == 0 || Fault) _text.Append("shrt: ").Append(Pick(Literals));
        _text.Append(')');
    }

    private void Value(GraphQLType type, int depth)
    {
        if (Fault)
        {
            _text.Append(Pick(Literals));
            return;
        }

        if (_random.Next(8) == 0)
        {
            _text.Append('$').Append(Pick(VariableNames));
            return;
        }

        switch (type.Nullable)
        {
            case ListType list when Half:
                _text.Append('[');
                for (var count = _random.Next(3); count > 0; count--) { Value(list.Item, depth + 1); _text.Append(' '); }
                _text.Append(']');
                break;
            case ListType list:
                Value(list.Item, depth + 1);
                break;
            case InputObjectType { IsOneOf: true }:
                _text.Append(Pick("{id: 1}", "{name: \"n\"}", "{name: $b}", "{id: $a}"));
                break;
            case InputObjectType input:
                Fields(input, depth);
                break;
            case EnumType choices:
                _text.Append(choices.Values[_random.Next(choices.Values.Count)].Name);
                break;
            default:
                _text.Append(type.Named.Name switch { "Int" => Pick("1", "2"), "Float" => "1.5", "Boolean" => Pick("true", "false"), "ID" => Pick("1", "\"i\""), "Any" => Pick("{a: [1, $a]}", "X"), _ => Pick("\"s\"", "\"t\"") });
                break;
        }
    }

    private void Fields(InputObjectType input, int depth)
    {
        _text.Append('{');
        foreach (var field in input.Fields)
        {
            if (field.IsRequired ? Fault : depth > 2 || _random.Next(4) > 0) continue;
            _text.Append(Fault ? "unknown" : field.Name).Append(": ");
            Value(field.Type, depth + 1);
            _text.Append(' ');
        }

        _text.Append('}');
    }

    private void Directives(string place)
    {
        var isConstant = place == "variable";
        if (place is "field" or "spread" or "inline" && _random.Next(8) == 0) _text.Append(Pick(" @skip(if: false)", " @include(if: $b)", " @include(if: true)"));
        if (place is "field" or "fragment" or "variable" or "inline" && _random.Next(10) == 0) _text.Append(" @note(text: \"n\") @note(text: \"m\", level: ").Append(isConstant ? "2" : Pick("2", "$a")).Append(')');
        if (Fault) _text.Append(Pick(" @unknown", " @skip(if: false) @skip(if: true)", " @note", " @note(text: 1, txt: 2)", " @onQuery", " @include(if: null)"));
        _text.Append(_lists++ % 5 == 0 ? "\n" : "");
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
