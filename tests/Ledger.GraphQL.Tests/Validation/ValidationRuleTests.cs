using Ledger.GraphQL.Language;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Validation;

public class ValidationRuleTests
{
    private static readonly ValidationOptions All = new() { ErrorsMax = int.MaxValue, Suggest = true };

    public static TheoryData<string, string[]> Documents
    {
        get
        {
            var data = new TheoryData<string, string[]>();
            foreach (var (text, messages) in BrokenDocuments.All) data.Add(text, messages);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_told_what_it_breaks(string text, string[] messages) => Messages(text, All).ShouldBe(messages, ignoreOrder: true);

    [Fact]
    public void An_operation_needs_a_root_type() =>
        DocumentValidator.Validate(SdlSchema.Read("type Query { a: Int }"), Verdict.Parse("mutation { a }")).ShouldHaveSingleItem().Message
            .ShouldBe("The mutation operation is not supported by the schema.");

    [Fact]
    public void A_variable_for_a_required_one_of_may_not_be_null_either()
    {
        var schema = SdlSchema.Read("input P @oneOf { a: Int b: Int } type Query { f(p: P!, l: [P!]): Int }");
        DocumentValidator.Validate(schema, Verdict.Parse("query ($v: Int) { f(p: {a: $v}, l: [{b: $v}]) }")).Length.ShouldBe(2);
    }

    [Fact]
    public void The_name_of_a_type_and_a_number_have_no_common_shape() =>
        Messages("{ thing { ... on Gate { x: count } ... on Release { x: __typename } } }", All)
            .ShouldBe(["Fields \"x\" conflict because they return conflicting types \"Int\" and \"String!\". Use different aliases on the fields to fetch both if this was intentional."]);

    [Fact]
    public void Nothing_of_the_schema_is_suggested_to_those_who_may_not_know_it()
    {
        var messages = string.Join('\n', Messages("query ($a: Releas) { nam any(lst: $a) release(id: 1) { gates(sort: [UPP] filter: {need: true stats: 1}) { id @skip(iff: 1) } } }", All with { Suggest = false }));
        messages.ShouldContain("Cannot query field \"nam\" on type \"Query\".");
        messages.ShouldNotContain("Did you mean");
    }

    [Fact]
    public void At_most_five_errors_are_looked_for()
    {
        var work = new ValidationWork();
        var text = $"{{ {string.Concat(Enumerable.Range(0, 2_000).Select(i => $"x{i} "))}}}";
        DocumentValidator.Validate(ReleaseSdl.Schema, Verdict.Parse(text), work: work).Length.ShouldBe(5);
        work.NodesVisited.ShouldBeLessThan(10);
    }

    [Fact]
    public void An_error_has_a_code_and_its_places()
    {
        var error = DocumentValidator.Validate(ReleaseSdl.Schema, Verdict.Parse("{ named { id }\n nothing }")).ShouldHaveSingleItem();
        error.Code.ShouldBe(ErrorCodes.ValidationFailed);
        error.Locations.ShouldBe([new SourceLocation(2, 2)]);
    }

    [Fact]
    public void Every_rule_of_the_specification_names_its_section_once()
    {
        ValidationRules.Specification.ShouldAllBe(rule => rule.Section.StartsWith("5.", StringComparison.Ordinal));
        ValidationRules.All.Select(rule => rule.Name).ShouldBeUnique();
    }

    private static IEnumerable<string> Messages(string text, ValidationOptions options) =>
        DocumentValidator.Validate(ReleaseSdl.Schema, Verdict.Parse(text), options).Select(error => error.Message);
}
