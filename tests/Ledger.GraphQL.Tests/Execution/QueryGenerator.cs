using System.Text;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Queries for a schema of <see cref="DataGenerator"/> at random, the same for the same seed. Most are valid.</summary>
internal sealed class QueryGenerator(Schema schema, int seed)
{
    private const int DepthMax = 5;

    private static readonly string[] Conditions = ["", "", "", "", "", "", "", "", "", "", "", "", "", " @include(if: $yes)", " @include(if: $no)", " @skip(if: $yes)", " @skip(if: $no)", " @skip(if: false) @include(if: $yes)", " @include(if: false)"];
    private static readonly string[] Arguments =
    [
        "text: \"t\"", "text: $text", "text: \"\", int: $int", "text: \"a\", int: null, flag: $flag", "text: \"b\", list: $list, color: $color", "text: \"c\", list: [1, $one]",
        "text: \"d\", list: 3, grid: [[1.5, $float], null]", "text: \"e\", point: {y: 2, deep: {x: $int}}", "text: \"f\", point: $point", "text: \"g\", pick: {id: 1}", "text: \"h\", pick: {name: $text}", "text: \"i\", pick: $pick", "text: \"j\", id: 7, grid: 2",
    ];

    private static readonly string[] Fragments = ["A", "B", "C"];

    private readonly Random _random = new(seed);
    private readonly string[] _types = [.. new Random(seed).GetItems(["T0", "T1", "Thing", "Either"], Fragments.Length)];
    private readonly StringBuilder _text = new();

    public const string Definitions =
        "$yes: Boolean!, $no: Boolean = false, $text: String! = \"dflt\", $int: Int, $one: Int! = 1, $flag: Boolean = true, $list: [Int!], $color: Color, $float: Float, $point: Point, $pick: Pick";

    public static string Query(Schema schema, int seed) => new QueryGenerator(schema, seed).Write();

    private string Write()
    {
        _text.Append($"query Q({Definitions})");
        Selections(schema.QueryType!, 0);
        _text.Append("\nquery Other { id }\n");
        // A fragment spreads only those after it, so there are no circles.
        for (var i = 0; i < Fragments.Length; i++)
        {
            _text.Append($"fragment {Fragments[i]} on {TypeOf(i)}");
            Selections(TypeOf(i), 2, i + 1);
            _text.Append('\n');
        }

        return _text.ToString();
    }

    private void Selections(CompositeType type, int depth, int fragmentsFrom = 0)
    {
        _text.Append(" {\n");
        for (var count = _random.Next(1, 6); count > 0; count--) Selection(type, depth, fragmentsFrom);
        _text.Append("}\n");
    }

    private void Selection(CompositeType type, int depth, int fragmentsFrom)
    {
        var choice = _random.Next(10);
        if (choice == 0 || type is not FieldedType && choice < 4)
        {
            _text.Append(Pick("__typename", "kind: __typename")).Append(Pick(Conditions)).Append(' ');
        }
        else if (choice == 1 && _random.Next(fragmentsFrom, Fragments.Length + 1) is var fragment && fragment < Fragments.Length && schema.Overlaps(type, TypeOf(fragment)))
        {
            _text.Append($"...{Fragments[fragment]}{Pick(Conditions)} ");
        }
        else if (choice is 2 or 3 || type is not FieldedType fielded)
        {
            var possible = schema.PossibleTypes(type);
            CompositeType condition = possible[_random.Next(possible.Length)];
            var thing = (CompositeType)schema.FindType("Thing")!;
            if (_random.Next(3) == 0) condition = schema.Overlaps(type, thing) ? thing : type;
            _text.Append($"... {(condition == type ? "" : $"on {condition}")}{Pick(Conditions)}");
            Selections(condition, depth + 1, fragmentsFrom);
        }
        else
        {
            Field(fielded, depth, fragmentsFrom);
        }
    }

    private CompositeType TypeOf(int fragment) => (CompositeType)schema.FindType(_types[fragment])!;

    private void Field(FieldedType type, int depth, int fragmentsFrom)
    {
        var field = type.Fields[_random.Next(type.Fields.Count)];
        if (depth >= DepthMax && field.Type.Named is CompositeType) field = type.Find("f0") ?? type.Find("name")!;
        // One name a field and type, so that selections merge; the fields of the interface keep theirs.
        var arguments = field.Arguments.Count > 0 ? _random.Next(Arguments.Length) : -1;
        if (arguments >= 0) _text.Append($"e{arguments}: {field.Name}({Arguments[arguments]})");
        else _text.Append(field.Name.StartsWith('f') ? $"{type.Name}_{field.Name}: {field.Name}" : field.Name);
        _text.Append(Pick(Conditions));
        if (field.Type.Named is CompositeType below) Selections(below, depth + 1, fragmentsFrom);
        _text.Append(' ');
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
