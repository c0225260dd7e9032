using System.Collections.Immutable;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>Documents that the specification allows and a host may not.</summary>
public class LimitTests
{
    private const string Nested = "{ named { ... on Release { ...F } } } fragment F on Release { parent { gates { id } } }";

    [Fact]
    public void Fields_nest_as_deep_as_the_host_allows()
    {
        Codes(Nested, new ValidationOptions { DepthMax = 4 }).ShouldBeEmpty();
        Codes(Nested, new ValidationOptions { DepthMax = 3 }).ShouldBe([ErrorCodes.DepthLimit]);
        Errors(Nested, new ValidationOptions { DepthMax = 3 })[0].Message.ShouldBe("Operation nests fields 4 deep, more than 3.");
    }

    [Fact]
    public void Aliases_are_counted_in_the_operation_and_in_the_fragments_it_reaches()
    {
        const string Text = "query A { a: any ...F } query B { any } fragment F on Query { b: any ... { c: named { d: id } } }";
        Codes(Text, new ValidationOptions { AliasesMax = 4 }).ShouldBeEmpty();
        var error = Errors(Text, new ValidationOptions { AliasesMax = 3 }).ShouldHaveSingleItem();
        error.Code.ShouldBe(ErrorCodes.AliasLimit);
        error.Locations[0].Column.ShouldBe(1);
    }

    [Fact]
    public void A_hundred_and_one_aliases_of_the_type_name_are_refused() =>
        Codes($"{{ {string.Concat(Enumerable.Range(0, 101).Select(i => $"a{i}: __typename "))}}}", new ValidationOptions { AliasesMax = 100 }).ShouldBe([ErrorCodes.AliasLimit]);

    [Fact]
    public void Root_fields_are_counted_by_response_name()
    {
        const string Text = "{ any any a: any ...F } fragment F on Query { a: any b: any ...F2 } fragment F2 on Query { any }";
        Codes(Text, new ValidationOptions { RootFieldsMax = 3 }).ShouldBeEmpty();
        Codes(Text, new ValidationOptions { RootFieldsMax = 2 }).ShouldBe([ErrorCodes.RootFieldLimit]);
    }

    [Fact]
    public void Introspection_nests_two_lists_and_no_more()
    {
        const string Types = "{ __schema { types { fields { type { ...T } } } } } ";
        Codes(Types + "fragment T on __Type { fields { name } }").ShouldBeEmpty();
        Codes(Types + "fragment T on __Type { fields { type { inputFields { name } } } }").ShouldBe([ErrorCodes.IntrospectionLimit]);
        Codes(Types + "fragment T on __Type { fields { type { inputFields { name } } } }", new ValidationOptions { IntrospectionDepthMax = null }).ShouldBeEmpty();
    }

    [Fact]
    public void Introspection_can_be_turned_off_and_the_type_name_stays()
    {
        var options = new ValidationOptions { AllowIntrospection = false };
        Codes("{ __typename named { __typename } }", options).ShouldBeEmpty();
        Codes("{ __type(name: \"T\") { name } }", options).ShouldBe([ErrorCodes.IntrospectionDisabled]);
    }

    [Fact]
    public void No_limit_is_asked_of_circles_of_fragments() =>
        Codes("{ named { ...F } } fragment F on Release { parent { ...F } }", new ValidationOptions { DepthMax = 1, AliasesMax = 0, RootFieldsMax = 1 })
            .ShouldBe([ErrorCodes.ValidationFailed]);

    private static ImmutableArray<GraphQLError> Errors(string text, ValidationOptions options) =>
        DocumentValidator.Validate(ReleaseSdl.Schema, Verdict.Parse(text), options);

    private static IEnumerable<string> Codes(string text, ValidationOptions? options = null) => Errors(text, options ?? new ValidationOptions()).Select(error => error.Code);
}
