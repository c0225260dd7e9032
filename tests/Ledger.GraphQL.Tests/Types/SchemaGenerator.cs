using System.Text;

namespace Ledger.GraphQL.Tests.Types;

/// <summary>
/// Schemas at random, the same for the same seed: interfaces in chains, unions, input objects with defaults, directives, extensions. One in
/// two is meant to be right; in the others something is wrong here and there.
/// </summary>
internal sealed class SchemaGenerator
{
    private static readonly string[] Leaves = ["Int", "Float", "String", "Boolean", "ID", "E0", "E1", "S0", "S1"];
    private static readonly string[] Inputs = ["I0", "I1", "I2", "P0", "P1"];
    private static readonly string[] Interfaces = ["N0", "N1", "N2", "N3"];
    private static readonly string[] Objects = ["Query", "Mutation", "Subscription", "O0", "O1", "O2", "O3"];
    private static readonly string[] Unions = ["U0", "U1"];
    private static readonly string[] FieldNames = ["a", "b", "c", "d", "e", "f", "g", "echo", "echoes"];
    private const string Reserved = "__b";

    private static readonly string[] Locations =
        ["QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION"];

    private readonly Random _random;
    private readonly int _faultsPerThousand;
    private readonly Dictionary<string, string> _shared = [];
    private readonly Dictionary<string, List<string>> _implements = [];
    private readonly Dictionary<string, HashSet<string>> _fieldsOf = [];
    private readonly List<(string Name, string Arguments, string[] Locations, bool IsRepeatable)> _directives = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _extensions = new();

    private SchemaGenerator(int seed) => (_random, _faultsPerThousand) = (new Random(seed), (seed % 4) switch { 0 or 1 => 0, 2 => 4, _ => 20 });

    private bool Fault => _random.Next(1_000) < _faultsPerThousand;

    public static string Sdl(int seed) => new SchemaGenerator(seed).Write();

    /// <summary>One that is meant to be right. Now and then it is not: two interfaces may want one field in two ways.</summary>
    public static string RightSdl(int seed) => Sdl(seed * 4);

    private string Write()
    {
        for (var i = 0; i < 3; i++)
        {
            var arguments = Maybe(2, () => $"({string.Join(' ', Names("x", "y").Select(name => $"{name}: {Given(Input(i))}"))})");
            _directives.Add(($"d{i}", arguments, _random.GetItems(Locations, _random.Next(1, 9)).Distinct().ToArray(), _random.Next(2) == 0));
        }

        foreach (var name in (string[])[.. FieldNames, Reserved]) _shared[name] = Signature(name);
        foreach (var (name, arguments, locations, isRepeatable) in _directives)
            _text.Append($"{Described()}directive @{name}{arguments}{(isRepeatable ? " repeatable" : "")} on {string.Join(" | ", locations)}\n");
        if (Fault || _random.Next(4) == 0) _text.Append($"{Described()}schema{Directives("SCHEMA")} {{ query: {Wrong("Query", "I0", "Nothing")} mutation: {Wrong("Mutation", "Query")} subscription: Subscription }}\n");
        foreach (var name in (string[])["S0", "S1"]) _text.Append($"{Described()}scalar {name}{Directives("SCALAR")}{Maybe(3, () => " @specifiedBy(url: \"https://example.com\")")}\n");
        foreach (var name in (string[])["E0", "E1"]) Extensible("enum", name, "ENUM", [.. Names("RED", "GREEN", "BLUE", Fault ? "RED" : "GREY").Select(value => $"{Described()}{Wrong(value, "__X")}{Directives("ENUM_VALUE")}{Deprecated()}")]);
        for (var i = 0; i < Inputs.Length; i++) InputObject(i);
        for (var i = 0; i < Interfaces.Length; i++) Fielded("interface", Interfaces[i], i);
        foreach (var name in Objects) Fielded("type", name, Interfaces.Length);
        foreach (var name in Unions) _text.Append($"{Described()}union {name}{Directives("UNION")} = {string.Join(" | ", Names("O0", "O1", "O2", Wrong("O3", "N0", "E0", "O0")))}\n");
        return _text.Append(_extensions).ToString();
    }

    private void InputObject(int index)
    {
        var isOneOf = Inputs[index][0] == 'P';
        List<string> fields = [];
        foreach (var name in Names("a", "b", "c", "d", Fault ? "a" : "e"))
        {
            var type = isOneOf && !Fault ? Input(index).TrimEnd('!') : Input(index);
            fields.Add($"{Described()}{name}: {(isOneOf && !Fault ? $"{type}{Directives("INPUT_FIELD_DEFINITION")}" : Given(type, "INPUT_FIELD_DEFINITION"))}");
        }

        Extensible("input", $"{Inputs[index]}{(isOneOf ? " @oneOf" : "")}", "INPUT_OBJECT", fields);
    }

    // Interfaces' fields have one signature everywhere; an object's others may have one of their own.
    private void Fielded(string keyword, string name, int interfacesBefore)
    {
        List<string> implemented = [];
        foreach (var each in Interfaces.Take(interfacesBefore).Where(_ => _random.Next(3) == 0)) implemented.AddRange([each, .. _implements[each]]);
        implemented = [.. implemented.Distinct().Where(_ => !Fault)];
        _implements[name] = implemented;
        var owed = implemented.SelectMany(each => _fieldsOf[each]).Distinct().ToList();
        var names = owed.Concat(Names(FieldNames)).Distinct().Where(_ => !Fault).ToList();
        _fieldsOf[name] = [.. names];
        if (Fault) names.Add(Pick("a", Reserved, "c"));
        var fields = names.Select(field =>
        {
            var signature = keyword == "interface" || owed.Contains(field) ? _shared[field] : Maybe(2, () => Signature(field));
            if (signature.Length == 0 || Fault) signature = Fault ? Signature(field) : _shared[field];
            if (keyword == "type" && owed.Contains(field) && !signature.EndsWith('!') && _random.Next(3) == 0) signature += "!";
            return $"{Described()}{field}{signature}{Directives("FIELD_DEFINITION")}{(owed.Contains(field) && !Fault ? "" : Deprecated())}";
        });
        var heading = implemented.Count == 0 ? name : $"{name} implements {string.Join(" & ", implemented)}{Wrong("", $" & {Pick(Interfaces)}")}";
        Extensible(keyword, heading, keyword == "type" ? "OBJECT" : "INTERFACE", [.. fields]);
    }

    // Some of the members come by an extension, which repeats neither interfaces nor directives.
    private void Extensible(string keyword, string heading, string location, List<string> members)
    {
        var kept = _random.Next(5) == 0 ? _random.Next(1, members.Count + 1) : members.Count;
        _text.Append($"{Described()}{keyword} {heading}{Directives(location)} {{ {string.Join('\n', members.Take(kept))} }}\n");
        if (kept < members.Count) _extensions.Append($"extend {keyword} {Wrong(heading.Split(' ')[0], "E0", "Nothing")} {{ {string.Join('\n', members.Skip(kept))} }}\n");
    }

    private string Signature(string name)
    {
        if (name.StartsWith("echo", StringComparison.Ordinal)) return $"({string.Join(", ", Names("x", "y", "z", "w").Select(each => $"{Described()}{each}: {Given(Input(0), "ARGUMENT_DEFINITION")}"))}): String";
        var arguments = Maybe(4, () => $"({string.Join(", ", Names("x", "y").Select(each => $"{each}: {Given(Input(0).TrimEnd('!'), "ARGUMENT_DEFINITION")}"))})");
        return $"{arguments}: {Wrong(Wrapped(_random.Next(2) == 0 ? Pick(Leaves) : Pick([.. Interfaces, .. Objects[3..], .. Unions])), "I0", "Nothing")}";
    }

    // An input object requires only those after it: no circles.
    private string Input(int after) =>
        _random.Next(3) > 0 || after >= Inputs.Length - 1 ? Wrapped(Pick(Leaves))
        : Fault ? $"{Pick([.. Inputs, "O0"])}!"
        : Wrapped(Pick(Inputs[(after + 1)..]));

    private string Wrapped(string name) => _random.Next(9) switch
    {
        0 or 1 => $"{name}!",
        2 => $"[{name}]",
        3 => $"[{name}!]",
        4 => $"[{name}!]!",
        5 => $"[[{name}!]]",
        _ => name,
    };

    // A type, and perhaps a default; what may be left out may be deprecated.
    private string Given(string type, string? location = null)
    {
        var hasDefault = _random.Next(4) == 0 && (Fault || !Inputs.Any(each => type.Contains(each, StringComparison.Ordinal)));
        var directives = location is null ? "" : $"{Directives(location)}{(type.EndsWith('!') && !hasDefault && !Fault ? "" : Deprecated())}";
        return $"{type}{(hasDefault ? $" = {Literal(type)}" : "")}{directives}";
    }

    private string Literal(string type)
    {
        if (Fault) return Pick("[1, \"x\"]", "{a: 1}", "null", "NOTHING", "1.5", "99999999999");
        if (!type.EndsWith('!') && _random.Next(6) == 0) return "null";
        type = type.TrimEnd('!');
        if (type.StartsWith('[')) return _random.Next(4) == 0 ? Literal(type[1..^1].TrimEnd('!')) : $"[{string.Join(", ", Enumerable.Range(0, _random.Next(3)).Select(_ => Literal(type[1..^1])))}]";
        return type switch
        {
            "Int" => Pick("0", "-7", "2147483647"),
            "Float" => Pick("1", "2.5", "1e3", "-0.0"),
            "String" => Pick("\"s\"", "\"\"\"b \\\"\"\" c\"\"\"", "\"q\\\"\\n\\u00e9\""),
            "Boolean" => Pick("true", "false"),
            "ID" => Pick("7", "\"i\""),
            "E0" or "E1" => "RED",
            _ => Pick("{k: [1, {l: null}]}", "1.0", "ANY", "\"s\""),
        };
    }

    private string Directives(string location)
    {
        if (_random.Next(8) > 0) return "";
        var text = new StringBuilder();
        foreach (var (name, arguments, locations, isRepeatable) in _directives)
        {
            if (!locations.Contains(location) && !Fault) continue;
            // Those that need an argument are left to the documents' own faults.
            if (arguments.Contains('!', StringComparison.Ordinal) && !Fault) continue;
            text.Append($" @{name}");
            if (isRepeatable || Fault) text.Append($" @{name}{Wrong("", "(x: 1)", "(q: 1)")}");
        }

        return text.ToString();
    }

    private string Deprecated() => _random.Next(8) > 0 ? "" : Pick(" @deprecated", " @deprecated(reason: \"old\")", " @deprecated(reason: \"\")", Wrong(" @deprecated", " @deprecated @deprecated"));

    private string Described() => _random.Next(8) > 0 ? "" : Pick("\"what\" ", "\"\"\"\n  two\n    lines \\\"\"\"\n\"\"\"\n", "\"\" ", "\" ind \\\\ \" ", "\"ends in \\\"\" ", "\"line\\n  two\\t\" ", "\"\"\"ends in \\\\ \"\"\" ");

    // At least one of them, in their order.
    private IEnumerable<string> Names(params string[] names)
    {
        var first = _random.Next(names.Length);
        return [.. names.Where((_, i) => i == first || _random.Next(2) == 0)];
    }

    private string Maybe(int oneIn, Func<string> write) => _random.Next(oneIn) == 0 ? write() : "";

    private string Wrong(string right, params string[] wrong) => Fault ? Pick(wrong) : right;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
