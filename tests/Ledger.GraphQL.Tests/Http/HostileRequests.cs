using System.Text;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>A request that is made to cost, and the codes of which its refusal has at least one; none where it is simply answered.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Document">The document; it has nothing of a schema but what every schema has.</param>
/// <param name="Codes">Codes of <c>extensions.code</c>.</param>
internal sealed record HostileRequest(string Name, string Document, params string[] Codes)
{
    private const int ErrorsMax = 5;

    /// <summary>Checks the codes of an answer.</summary>
    public void ShouldBeMet(List<string> codes)
    {
        codes.Count.ShouldBeLessThanOrEqualTo(ErrorsMax, Name);
        if (Codes.Length == 0) codes.ShouldBeEmpty(Name);
        else codes.ShouldContain(code => Codes.Contains(code), $"{Name}: {string.Join(' ', codes)}");
    }
}

/// <summary>Documents that brought other servers down, for a schema of any kind.</summary>
internal static class HostileRequests
{
    private const string Parse = "GRAPHQL_PARSE_FAILED";
    private const string Validation = "GRAPHQL_VALIDATION_FAILED";
    private const string Document = "DOCUMENT_LIMIT_EXCEEDED";
    private const string Comparisons = "VALIDATION_LIMIT_EXCEEDED";
    private const string Aliases = "ALIAS_LIMIT_EXCEEDED";
    private const string Roots = "ROOT_FIELD_LIMIT_EXCEEDED";
    private const string Introspection = "INTROSPECTION_LIMIT_EXCEEDED";
    private const string Depth = "DEPTH_LIMIT_EXCEEDED";
    private const string Cost = "COST_LIMIT_EXCEEDED";

    public static IReadOnlyList<HostileRequest> All { get; } =
    [
        new("101 aliases", $"{{ {Numbered(101, "a#: __typename ")}}}", Aliases, Roots, Cost),
        new("5,000 aliases", $"{{ {Numbered(5_000, "a#: release(id: \"x\") { id } ")}}}", Document),
        new("__typename 2,000 times", $"{{ {Repeat("__typename ", 2_000)}}}"),
        new("__typename 20,000 times", $"{{ {Repeat("__typename ", 20_000)}}}", Document),
        new("200 x 100 inline fragments", $"{{ {Repeat($"{Repeat("... { ", 100)} __typename {Repeat("} ", 100)}", 200)} }}", Document, Comparisons),
        new("50 x 100 inline fragments", $"{{ {Repeat($"{Repeat("... { ", 100)} __typename {Repeat("} ", 100)}", 50)} }}"),
        new("50,000 directives", $"{{ __typename {Repeat("@x ", 50_000)}}}", Document),
        new("5,000 @skip", $"{{ __typename {Repeat("@skip(if: true) ", 5_000)}}}", Document),
        new("a fragment in itself", "{ ...F } fragment F on Query { ...F }", Validation),
        new("fragments in one another", "{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }", Validation),
        new("a fragment in itself through a field", "{ __schema { types { ...F } } } fragment F on __Type { ofType { ...F } }", Validation),
        new("fragments that double thirty times", $"{{ ...F0 }} {Numbered(30, "fragment F# on Query { ...F+ ...F+ } ")}fragment F30 on Query {{ __typename }}"),
        new("20,000 nested fields", Repeat("{ a ", 20_000) + Repeat("} ", 20_000), Document),
        new("100,000 brackets", $"{{ a(b: {new string('[', 100_000)}", Document),
        new("50,000 nested objects", $"{{ a(b: {Repeat("{c:", 50_000)}1{Repeat("}", 50_000)}) }}", Document),
        new("nested list types", $"query ($a: {new string('[', 50_000)}Int{new string(']', 50_000)}) {{ __typename }}", Document),
        new("nested inline fragments", Repeat("{...", 50_000), Document),
        new("100,000 braces that do not close", new string('{', 100_000), Parse, Document),
        new("introspection in circles", "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }", Introspection),
        new("ofType 150 times", $"{{ __type(name: \"Query\") {{ {Repeat("ofType { ", 150)}name {Repeat("} ", 150)}}} }}", Depth, Cost, Introspection),
        new("ofType 200 times", $"{{ __type(name: \"Query\") {{ {Repeat("ofType { ", 200)}name {Repeat("} ", 200)}}} }}", Document),
        new("200 aliases of __schema", $"{{ {Numbered(200, "a#: __schema { queryType { name } } ")}}}", Aliases, Roots, Cost),
        new("a long run of white space", $"{{ __typename {new string(' ', 300_000)}}}", Document),
        new("a long comment", $"{{ __typename }} #{new string('x', 300_000)}", Document),
        new("100,000 commas", $"{{ __typename {new string(',', 100_000)}}}", Document),
        new("a string of 300 KB", $"{{ a(b: \"{new string('x', 300_000)}\") }}", Document),
        new("10,000 operations", Numbered(10_000, "query Q# { __typename } "), Document),
        new("10,000 fragments", $"{{ __typename }} {Numbered(5_000, "fragment F# on Query { __typename } ")}", Document),
        new("10,000 variables", $"query ({Numbered(10_000, "$v#: Int ")}) {{ __typename }}", Document),
        new("2,000 unknown fields", $"{{ {Numbered(2_000, "unknown# ")}}}", Validation),
        new("5,000 unknown fields", $"{{ {Numbered(5_000, "unknown# ")}}}", Document),
        new("NUL", "{ __typename \0 }", Parse),
        new("half a character, escaped", "{ a(b: \"\\uD83D\") }", Parse),
        new("definitions of types", "type Query { a: Int } { __typename }", Validation),
        new("an empty document", "", "BAD_REQUEST", Parse),
    ];

    public static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Numbered(int count, string text) => string.Concat(Enumerable.Range(0, count).Select(i =>
        text.Replace("#", $"{i}", StringComparison.Ordinal).Replace("+", $"{i + 1}", StringComparison.Ordinal)));
}
