using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>The schema that is served is the one that is committed.</summary>
public sealed class SchemaTextTests
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "graphql", "ledger.graphql");

    [Fact]
    public void What_is_committed_is_what_is_printed()
    {
        LedgerSchema.Text.ShouldBe(System.IO.File.ReadAllText(File), "schema/graphql/ledger.graphql is not what the server prints: ledger schema print --out schema/graphql/ledger.graphql");
    }

    [Fact]
    public void Everything_is_described()
    {
        var bare = new List<string>();
        foreach (var type in LedgerSchema.Instance.Types.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            if (string.IsNullOrWhiteSpace(type.Description)) bare.Add(type.Name);
            if (type is FieldedType fielded)
            {
                foreach (var field in fielded.Fields)
                {
                    if (string.IsNullOrWhiteSpace(field.Description)) bare.Add($"{type.Name}.{field.Name}");
                    bare.AddRange(field.Arguments.Where(argument => string.IsNullOrWhiteSpace(argument.Description)).Select(argument => $"{type.Name}.{field.Name}({argument.Name}:)"));
                }
            }

            if (type is InputObjectType input) bare.AddRange(input.Fields.Where(field => string.IsNullOrWhiteSpace(field.Description)).Select(field => $"{type.Name}.{field.Name}"));
            if (type is EnumType values) bare.AddRange(values.Values.Where(value => string.IsNullOrWhiteSpace(value.Description)).Select(value => $"{type.Name}.{value.Name}"));
        }

        bare.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_clients_rely_on_is_gone_since_the_committed_schema() =>
        SchemaChanges.Breaking(Read(System.IO.File.ReadAllText(File)), LedgerSchema.Instance).ShouldBeEmpty("these changes break clients; deprecate instead");

    [Theory]
    [InlineData("type Query { a: Int b: Int }", "type Query { a: Int }", "the field Query.b is gone")]
    [InlineData("type Query { a: E } enum E { X Y }", "type Query { a: E } enum E { X }", "the value E.Y is gone")]
    [InlineData("type Query { a: T } type T { b: Int }", "type Query { a: Int }", "the type T is gone", "Query.a was T and is Int")]
    [InlineData("type Query { a: Int! }", "type Query { a: Int }", "Query.a was Int! and is Int")]
    [InlineData("type Query { a: [Int!]! }", "type Query { a: [Int]! }", "Query.a was [Int!]! and is [Int]!")]
    [InlineData("type Query { a(b: Int): Int }", "type Query { a: Int }", "the argument Query.a:b is gone")]
    [InlineData("type Query { a(b: Int): Int }", "type Query { a(b: Int!): Int }", "the argument Query.a:b was Int and is Int!")]
    [InlineData("type Query { a: Int }", "type Query { a(b: Int!): Int }", "the argument Query.a:b is new and has to be given")]
    [InlineData("type Query { a(b: I): Int } input I { c: Int }", "type Query { a(b: I): Int } input I { c: Int d: Int! }", "the field I.d is new and has to be given")]
    [InlineData("type Query { a: T } type T { b: Int }", "type Query { a: T } enum T { B }", "T was a type and is an enum")]
    [InlineData("interface N { id: Int } type Query implements N { id: Int }", "interface N { id: Int } type Query { id: Int }", "Query is no N any more")]
    public void A_breaking_change_is_found_and_named(string before, string after, params string[] changes) =>
        SchemaChanges.Breaking(Read(before), Read(after)).ShouldBe(changes, ignoreOrder: true);

    [Theory]
    [InlineData("type Query { a: Int }", "type Query { a: Int! b: Int }")]
    [InlineData("type Query { a(b: Int!): Int }", "type Query { a(b: Int, c: Int, d: Int! = 1): Int }")]
    [InlineData("type Query { a: E } enum E { X }", "type Query { a: E } enum E { X Y }")]
    public void What_only_adds_breaks_nobody(string before, string after) => SchemaChanges.Breaking(Read(before), Read(after)).ShouldBeEmpty();

    private static Schema Read(string text) => SdlSchema.Read(text);
}
