using System.Text;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>
/// Documents for a schema at random, the same for the same seed: they know the types, and now and then do what a rule forbids. How often
/// is the seed's choice too; one document in four is meant to be right.
/// </summary>
internal sealed class OperationGenerator
{
    private const int DepthMax = 4;

    private static readonly string[] FragmentNames = ["A", "B", "C", "D", "E"];
    private static readonly string[] PlainLiterals = ["1", "-2147483649", "1.5", "\"x\"", "true", "null", "PASED", "[1]", "[]", "{}", "{id: 1}", "{id: null}", "{a: 1, a: 2}", "[[1], null]", "$missing"];

    private readonly Schema _schema;
    private readonly Random _random;
    private readonly int _faultsPerThousand;
    private readonly string[] _literals;
    private readonly string[] _typeNames;
    private readonly string[] _wrongDirectives;
    private readonly CompositeType[] _composites;
    private readonly CompositeType[] _fragmentTypes;
    private readonly bool[] _isSpread = new bool[FragmentNames.Length];
    private readonly Dictionary<string, string> _variables = [];
    private StringBuilder _text = new();
    private int _fragment = -1;
    private int _aliases;
    private bool _isConstant;

    private OperationGenerator(Schema schema, int seed)
    {
        (_schema, _random) = (schema, new Random(seed));
        _faultsPerThousand = (seed % 4) switch { 0 => 0, 1 => 5, 2 => 25, _ => 80 };
        _literals = [.. PlainLiterals, .. schema.Types.OfType<EnumType>().Select(type => type.Values[0].Name)];
        _typeNames = ["Nothing", "Int!", "[Int]", "[Int!]!", "[String]", .. schema.Types.Select(type => type.Name)];
        _wrongDirectives = [" @unknown", " @skip(if: false) @skip(if: true)", " @include(if: null)", .. schema.Directives.SelectMany(each => (string[])[$" @{each.Name}", $" @{each.Name}(text: 1, txt: 2)", $" @{each.Name} @{each.Name}(x: 1, x: null)"])];
        _composites = [.. schema.Types.OfType<CompositeType>().Where(type => schema.PossibleTypes(type).Length > 0 && !type.Name.StartsWith("__", StringComparison.Ordinal))];
        _fragmentTypes = [.. FragmentNames.Select(_ => _composites[_random.Next(_composites.Length)])];
    }

    private bool Fault => _random.Next(1_000) < _faultsPerThousand;

    private bool Half => _random.Next(2) == 0;

    public static string Document(Schema schema, int seed) => new OperationGenerator(schema, seed).Write();

    // Operations last: by then it is known which variables they need.
    private string Write()
    {
        List<string> bodies = [];
        for (var count = Fault ? 2 : 1; count > 0; count--) bodies.Add(Operation());
        var fragments = string.Concat(Enumerable.Range(0, FragmentNames.Length).Select(index => _isSpread[index] != Fault ? Fragment(index) : ""));
        var heads = bodies.Select((body, i) => body.Replace("HEAD", $"{(bodies.Count > 1 && !Fault ? $"O{i}" : Half ? "O" : "")}{Variables()}", StringComparison.Ordinal));
        var extra = Fault ? Pick("type Extra { a: Missing }", "extend schema @skip(if: true)", "directive @extra(a: Int!) on FIELD", "input Made { a: Int = {b: 1, b: 2} }") : "";
        return $"{string.Concat(heads)}{fragments}{extra}";
    }

    private string Operation()
    {
        var kind = _random.Next(10) switch { 0 when _schema.MutationType is not null || Fault => "mutation", 1 when _schema.SubscriptionType is not null || Fault => "subscription", _ => "query" };
        var root = kind switch { "mutation" => _schema.MutationType, "subscription" => _schema.SubscriptionType, _ => _schema.QueryType };
        _text = new StringBuilder($"{kind} HEAD");
        Directives(kind switch { "mutation" => DirectiveLocation.Mutation, "subscription" => DirectiveLocation.Subscription, _ => DirectiveLocation.Query });
        Selections(root ?? _schema.QueryType!, 0, isSingle: kind == "subscription" && !Fault);
        return _text.Append('\n').ToString();
    }

    private string Fragment(int index)
    {
        _fragment = index;
        var type = Fault ? Pick(_typeNames).Trim('[', ']', '!') : _fragmentTypes[index].Name;
        _text = new StringBuilder($"fragment {(Fault ? "A" : FragmentNames[index])} on {type}");
        Directives(DirectiveLocation.FragmentDefinition);
        Selections(_fragmentTypes[index], 1);
        return _text.Append('\n').ToString();
    }

    private string Variables()
    {
        var variables = _variables.Where(_ => !Fault).Select(each => (Name: each.Key, Type: Fault ? Pick(_typeNames) : each.Value)).ToList();
        if (Fault) variables.Add((Pick("extra", "v1"), Pick(_typeNames)));
        if (variables.Count == 0) return "";
        _text = new StringBuilder("(");
        _isConstant = true;
        foreach (var (name, type) in variables)
        {
            _text.Append($"${name}: {type}");
            if (Fault) _text.Append(" = ").Append(AnyLiteral());
            Directives(DirectiveLocation.VariableDefinition);
            _text.Append(' ');
        }

        _isConstant = false;
        return _text.Append(')').ToString();
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
        if (choice == 0 && FindFragment(type) is { } fragment)
        {
            _text.Append("...").Append(fragment);
            Directives(DirectiveLocation.FragmentSpread);
            _text.Append(' ');
        }
        else if (choice < 3 && depth < DepthMax)
        {
            Inline(type, depth);
        }
        else if (choice == 3 || depth > DepthMax + 1 || type is not FieldedType fielded)
        {
            // Names of its own: whether __typename may merge with another field is where the reference looks away.
            _text.Append(Half || type == _schema.SubscriptionType ? "__typename " : Pick("t1: __typename ", "t2: __typename "));
        }
        else
        {
            Field(fielded, depth, isSingle);
        }
    }

    private string? FindFragment(CompositeType type)
    {
        var index = Fault ? _random.Next(FragmentNames.Length) : _random.Next(_fragment + 1, FragmentNames.Length + 1);
        if (index == FragmentNames.Length || (!_schema.Overlaps(type, _fragmentTypes[index]) && !Fault)) return null;
        _isSpread[index] = true;
        return Fault ? "Missing" : FragmentNames[index];
    }

    private void Inline(CompositeType type, int depth)
    {
        _text.Append("... ");
        var possible = _schema.PossibleTypes(type);
        var condition = possible.Length == 0 || _random.Next(3) == 0 ? type : possible[_random.Next(possible.Length)];
        if (Fault) _text.Append("on ").Append(Pick(_typeNames).Trim('[', ']', '!'));
        else if (Half) _text.Append("on ").Append(condition);
        else condition = type;
        Directives(DirectiveLocation.InlineFragment);
        Selections(condition, depth + 1);
    }

    private void Field(FieldedType type, int depth, bool isRoot)
    {
        var field = type.Fields[_random.Next(type.Fields.Count)];
        if (depth >= DepthMax) field = type.Fields.FirstOrDefault(each => each.Type.Named is LeafType) ?? field;
        var given = field.Arguments.Where(argument => argument.IsRequired ? !Fault : _random.Next(3) == 0).ToList();
        if (Fault || (_faultsPerThousand > 0 && _random.Next(12) == 0)) _text.Append(Pick("id", "count", "x")).Append(": ");
        else if (given.Count > 0 || field.Type.Named is LeafType || Half) _text.Append($"f{_aliases++}: ");
        _text.Append(Fault ? Pick("nam", $"{field.Name}s", "missing", "__schema", _composites[_random.Next(_composites.Length)] is FieldedType other ? other.Fields[0].Name : "x") : field.Name);
        Arguments(given);
        if (!isRoot || Fault) Directives(DirectiveLocation.Field);
        if (field.Type.Named is CompositeType composite ? !Fault : Fault) Selections(field.Type.Named as CompositeType ?? type, depth + 1);
        _text.Append(' ');
    }

    private void Arguments(List<InputValueDefinition> given)
    {
        if (given.Count == 0 && !Fault) return;
        _text.Append('(');
        foreach (var argument in given)
        {
            _text.Append(argument.Name).Append(": ");
            Value(argument.Type, 0);
            if (Fault) _text.Append(' ').Append(argument.Name).Append(": null");
            _text.Append(' ');
        }

        if (given.Count == 0 || Fault) _text.Append("shrt: ").Append(AnyLiteral());
        _text.Append(')');
    }

    private void Value(GraphQLType type, int depth)
    {
        if (Fault)
        {
            _text.Append(AnyLiteral());
            return;
        }

        if (depth > 8 || (!_isConstant && _random.Next(8) == 0))
        {
            Variable(type.ToString());
            return;
        }

        switch (type.Nullable)
        {
            case ListType list when Half:
                _text.Append('[');
                for (var count = _random.Next(3); count > 0; count--)
                {
                    Value(list.Item, depth + 1);
                    _text.Append(' ');
                }

                _text.Append(']');
                break;
            case ListType list:
                Value(list.Item is ListType or NonNullType { OfType: ListType } && Half ? list.Item : list.Item.Nullable, depth + 1);
                break;
            case InputObjectType { IsOneOf: true } input:
                var choice = input.Fields[_random.Next(input.Fields.Count)];
                _text.Append('{').Append(choice.Name).Append(": ");
                // A variable must not be null here, whatever the field's type.
                if (!_isConstant && Half) Variable(Fault ? choice.Type.ToString() : $"{choice.Type.Nullable}!");
                else Value(choice.Type.Nullable.NonNull(), depth + 1);
                _text.Append('}');
                break;
            case InputObjectType input:
                Fields(input, depth);
                break;
            case EnumType choices:
                _text.Append(choices.Values[_random.Next(choices.Values.Count)].Name);
                break;
            default:
                _text.Append(type.Named.Name switch { "Int" => Pick("1", "2"), "Float" => "1.5", "Boolean" => Pick("true", "false"), "ID" => Pick("1", "\"i\""), "String" => Pick("\"s\"", "\"t\""), _ => Pick("{a: [1, true]}", "X", "[1]", "2.50") });
                break;
        }
    }

    // One variable for each type that is wanted.
    private void Variable(string type)
    {
        var name = _variables.FirstOrDefault(each => each.Value == type).Key ?? $"v{_variables.Count}";
        _variables[name] = type;
        _text.Append('$').Append(name);
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

    private void Directives(DirectiveLocation location)
    {
        foreach (var directive in _schema.Directives)
        {
            if (!directive.Locations.Contains(location) || _random.Next(9) > 0) continue;
            for (var count = directive.IsRepeatable && Half ? 2 : 1; count > 0; count--)
            {
                _text.Append(" @").Append(directive.Name);
                Arguments(directive.Arguments.Where(argument => argument.IsRequired || Half).ToList());
            }
        }

        if (Fault) _text.Append(Pick(_wrongDirectives));
        if (Half) _text.Append('\n');
    }

    private string AnyLiteral() => Pick([.. _literals.Where(literal => !_isConstant || !literal.Contains('$', StringComparison.Ordinal))]);

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
