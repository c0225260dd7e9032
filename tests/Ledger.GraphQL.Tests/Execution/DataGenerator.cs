using System.Text;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>
/// Schemas, and objects of their types, at random, the same for the same seed. Objects refer to one another by name; some of their values
/// are null where there is no null, errors, or not of the field's type.
/// </summary>
internal sealed class DataGenerator(int seed)
{
    private const int ObjectTypes = 4;
    private const int ObjectsPerType = 3;

    private static readonly string[] Leaves = ["Int", "Float", "String", "Boolean", "ID", "Color"];

    private readonly Random _random = new(seed);

    public string Sdl()
    {
        var text = new StringBuilder("""
            enum Color { RED GREEN }
            input Point { x: Int! = 1 y: [Int!] deep: Point color: Color }
            input Pick @oneOf { id: ID name: String }
            interface Thing { id: ID! name: String next: Thing strict: Thing! }

            """);
        for (var i = 0; i < ObjectTypes; i++)
        {
            var isThing = i < 3;
            text.Append($"type T{i}{(isThing ? " implements Thing" : "")} {{ ");
            text.Append(isThing ? "id: ID! name: String next: Thing strict: Thing! " : "");
            Fields(text);
            text.Append("}\n");
        }

        text.Append("union Either = T0 | T3\ntype Query { id: ID name: String ");
        Fields(text);
        return text.Append("}\n").ToString();
    }

    public JsonObject Pool(Schema schema)
    {
        var pool = new JsonObject { ["Query"] = Object(schema.QueryType!) };
        foreach (var type in Objects(schema))
        {
            for (var i = 0; i < ObjectsPerType; i++) pool[$"{type}-{i}"] = Object(type);
        }

        return pool;

        JsonObject Object(ObjectType type)
        {
            var value = new JsonObject { ["__typename"] = type.Name };
            foreach (var field in type.Fields.Where(field => !field.Name.StartsWith("echo", StringComparison.Ordinal))) value[field.Name] = Value(schema, field.Type);
            return value;
        }
    }

    private static IEnumerable<ObjectType> Objects(Schema schema) => schema.Types.OfType<ObjectType>().Where(type => type != schema.QueryType && !type.Name.StartsWith("__", StringComparison.Ordinal));

    private void Fields(StringBuilder text)
    {
        for (var i = 0; i < 6; i++) text.Append($"f{i}: {Type(i % 2 == 0 ? Pick(Leaves) : Pick("T0", "T1", "T2", "T3", "Thing", "Either"))} ");
        text.Append("echo(int: Int = 7, text: String!, flag: Boolean! = true, list: [Int!], grid: [[Float]], color: Color = GREEN, point: Point, pick: Pick, id: ID): String ");
    }

    private string Type(string name) => _random.Next(7) switch
    {
        0 => $"{name}!",
        1 => $"[{name}]",
        2 => $"[{name}!]",
        3 => $"[{name}!]!",
        4 => $"[[{name}!]]",
        _ => name,
    };

    private JsonNode? Value(Schema schema, GraphQLType type)
    {
        switch (_random.Next(25))
        {
            case 0: return null;
            case 1: return new JsonObject { ["$error"] = Pick("first", "second") };
            case 2 when type.Nullable is ListType: return "no list";
        }

        return type.Nullable switch
        {
            ListType list => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(schema, list.Item))]),
            CompositeType composite => Reference(schema, composite),
            _ => Leaf((LeafType)type.Named),
        };
    }

    private JsonObject? Reference(Schema schema, CompositeType type)
    {
        // Now and then a type that is not possible.
        var possible = type is ObjectType || _random.Next(20) > 0 ? schema.PossibleTypes(type) : [.. Objects(schema).TakeLast(1)];
        return possible.IsEmpty ? null : new JsonObject { ["$ref"] = $"{possible[_random.Next(possible.Length)]}-{_random.Next(ObjectsPerType)}" };
    }

    private JsonNode Leaf(LeafType type) => _random.Next(12) == 0 ? "neither" : type.Name switch
    {
        "Int" => _random.Next(-5, 1_000),
        "Float" => _random.Next(1_000) / 8.0,
        "Boolean" => _random.Next(2) == 0,
        _ when type is EnumType => Pick("RED", "GREEN", "BLUE"),
        "S0" => new JsonArray(1, 2.5, null, "x", new JsonArray(true)),
        _ => Pick("caf\u00e9 \u2028", "quote \" \\ \n \u0001", "", "7"),
    };

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
