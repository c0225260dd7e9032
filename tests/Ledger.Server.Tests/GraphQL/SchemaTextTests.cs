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
        if (Environment.GetEnvironmentVariable("LEDGER_ACCEPT") is { Length: > 0 } target) System.IO.File.WriteAllText(target, LedgerSchema.Text);
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
}
