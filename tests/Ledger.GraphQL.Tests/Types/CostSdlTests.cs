using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Tests.Validation;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation.Cost;

namespace Ledger.GraphQL.Tests.Types;

/// <summary>Weights and list sizes as SDL: <c>@cost</c> and <c>@listSize</c>.</summary>
public class CostSdlTests
{
    private const string Directives = """
        "What this adds to the cost of an operation."
        directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR

        "How long this list, or the lists named, may be."
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION


        """;

    private const string Sdl = """"
        """What this adds to the cost of an operation."""
        directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR

        """How long this list, or the lists named, may be."""
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION

        type Query {
          releases(first: Int = 25, filter: Filter @cost(weight: "2.5")): [Release!]! @deprecated @cost(weight: "3") @listSize(assumedSize: 50, slicingArguments: ["first"])
          page(first: Int, last: Int): Page @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false)
          any: Any
          status: Status
        }

        input Filter {
          text: String @cost(weight: "-1")
        }

        type Release @cost(weight: "4") {
          version: String
        }

        type Page {
          edges: [Release]
        }

        scalar Any @specifiedBy(url: "https://example.com/any") @cost(weight: "0.1")

        enum Status @cost(weight: "7") {
          PASSED
        }
        """";

    [Fact]
    public void What_is_read_is_printed_again() => SchemaPrinter.Print(SdlSchema.Read(Sdl), withCosts: true).ShouldBe(Sdl);

    [Fact]
    public void Without_costs_it_is_printed_as_introspection_tells_it()
    {
        var printed = SchemaPrinter.Print(SdlSchema.Read(Sdl));
        printed.ShouldContain("directive @cost");
        printed.ShouldContain("type Release {");
        printed.ShouldNotContain("weight: \"");
    }

    [Fact]
    public void A_schema_written_in_C_sharp_tells_its_costs()
    {
        var query = new ObjectType<object>("Query") { CostWeight = 2 };
        query.Field("numbers", Scalars.Int.List(), (_, _) => null).Argument("first", Scalars.Int).Cost(5).Sized(new ListSize(10, ["first"], [], true));
        var schema = Schema.Create(new SchemaDefinition { Query = query });
        var printed = SchemaPrinter.Print(schema, withCosts: true);
        printed.ShouldEndWith("""
            type Query @cost(weight: "2") {
              numbers(first: Int): [Int] @cost(weight: "5") @listSize(assumedSize: 10, slicingArguments: ["first"])
            }
            """);
        const string Text = "{ numbers(first: 7) }";
        Analyze(SdlSchema.Read(printed), Text).ShouldBe(Analyze(schema, Text));
    }

    [Theory]
    [InlineData("{ releases(first: 10) { version } }", 3, 1 + 40)]
    [InlineData("{ releases(filter: {text: \"x\"}) { version } }", 3 + 2.5 - 1, 1 + 100)]
    [InlineData("{ page(first: 6) { edges { version } } }", 2, 1 + 1 + 24)]
    [InlineData("{ any status }", 0, 1 + 0.1 + 7)]
    public void What_is_read_is_reckoned_with(string text, double fields, double types) => Analyze(SdlSchema.Read(Sdl), text).ShouldBe((fields, types));

    [Theory]
    [InlineData("a: Int @cost(weight: \"dear\")", "The weight of \"@cost\" must be a number, written as a string. (7:35)")]
    [InlineData("a: Int @cost(weight: \"Infinity\")", "The weight of \"@cost\" must be a number, written as a string. (7:35)")]
    [InlineData("a: Int @cost(weight: 3)", "The weight of \"@cost\" must be a number, written as a string. (7:35)")]
    [InlineData("a: [Int] @listSize(assumedSize: -1)", "The assumed size of \"@listSize\" must be an integer that is not negative. (7:46)")]
    [InlineData("a: [Int] @listSize(slicingArguments: [1])", "The slicingArguments of \"@listSize\" must be a list of names. (7:51)")]
    public void What_makes_no_sense_is_an_error(string field, string error)
    {
        SdlSchema.TryRead($"{Directives}type Query {{ {field} }}", out _, out var errors).ShouldBeFalse();
        errors.Select(each => each.ToString()).ShouldBe([error]);
    }

    private static (double Fields, double Types) Analyze(Schema schema, string text)
    {
        var document = Verdict.Parse(text);
        var report = CostAnalysis.Analyze(schema, document, (OperationDefinitionNode)document.Definitions[0]);
        return (report.FieldCost, report.TypeCost);
    }
}
