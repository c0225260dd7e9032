using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation.Cost;

namespace Ledger.GraphQL.Tests.Validation;

public class CostAnalysisTests
{
    private static readonly Schema Schema = CreateSchema();

    [Theory]
    [InlineData("{ __typename }", 0, 1)]
    [InlineData("{ release { version } }", 1, 2)]
    [InlineData("{ releases(first: 10) { version } }", 1, 11)]
    [InlineData("{ releases(first: 10) { gates { name } } }", 11, 1 + 10 + 50)]
    [InlineData("{ releases { version } }", 1, 26)]
    [InlineData("{ connection(first: 10) { edges { node { version } } } }", 12, 1 + 1 + 10 + 10)]
    [InlineData("{ connection(first: 10) { ...F } } fragment F on Connection { edges { node { version } } }", 12, 1 + 1 + 10 + 10)]
    [InlineData("{ search(text: \"x\") { ... on Release { gates { name } } ... on Gate { name } } }", 8 + 1, 1 + 3 + 5)]
    [InlineData("{ search(filter: {name: \"x\", inner: {name: \"y\"}}) { __typename } }", 8 + 1 + 2 + 1 + 2, 1 + 3)]
    [InlineData("{ release { ...F ...F } } fragment F on Release { gates { name } }", 2, 1 + 1 + 5)]
    public void A_field_costs_its_weight_and_a_list_multiplies_what_is_below_it(string text, double fields, double types)
    {
        var report = Analyze(text);
        report.Errors.ShouldBeEmpty();
        (report.FieldCost, report.TypeCost).ShouldBe((fields, types));
    }

    [Fact]
    public void The_size_of_a_list_is_the_value_of_its_variable()
    {
        const string Text = "query ($n: Int) { releases(first: $n) { version } }";
        Analyze(Text, new Variables(new() { ["n"] = CoercedValue.Of(7) })).TypeCost.ShouldBe(8);
        Analyze(Text, new Variables(new() { ["n"] = CoercedValue.Of(-7) })).TypeCost.ShouldBe(1);
        Analyze(Text).TypeCost.ShouldBe(51, "nothing is known but what the definition assumes");
        Analyze(Text, new Variables([])).TypeCost.ShouldBe(26, "the argument's default");
    }

    [Fact]
    public void What_costs_more_than_its_limit_is_refused()
    {
        Analyze("{ releases(first: 999) { version } }").Errors.ShouldBeEmpty();
        Analyze("{ releases(first: 1000) { version } }").Errors.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.CostLimit);
        Analyze("{ releases(first: 2147483647) { gates { name } } }").Errors.Length.ShouldBe(2);
        Analyze("{ releases(first: 99999999999) { version } }").Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void Exactly_one_slicing_argument_is_given_where_the_field_wants_that()
    {
        Analyze("{ sliced(first: 1) { version } }").Errors.ShouldBeEmpty();
        Analyze("{ sliced { version } }").Errors.ShouldHaveSingleItem().Message.ShouldBe("Field \"sliced\" must be given exactly one slicing argument.");
        Analyze("{ sliced(first: 1, last: 1) { version } }").Errors.ShouldHaveSingleItem();
        Analyze("{ sliced(first: 1, last: null) { version } }").Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Five_thousand_aliases_of_one_field_are_refused() =>
        Analyze($"{{ {string.Concat(Enumerable.Range(0, 5_000).Select(i => $"a{i}: release {{ version }} "))}}}").Errors.Length.ShouldBe(2);

    [Fact]
    public void Fragments_that_double_are_too_much_without_being_counted_one_by_one()
    {
        var fragments = string.Concat(Enumerable.Range(0, 60).Select(i => $"fragment F{i} on Release {{ a: parent {{ ...F{i + 1} }} b: parent {{ ...F{i + 1} }} }} "));
        var report = Analyze($"{{ release {{ ...F0 }} }} {fragments} fragment F60 on Release {{ version }}");
        report.FieldCost.ShouldBe(1e15);
        report.Errors.Length.ShouldBe(2);
    }

    // 0 x infinity is not a number, and no number is greater than a limit.
    [Fact]
    public void Lists_of_nothing_around_lists_without_end_are_still_refused_or_free()
    {
        var inner = "version";
        for (var i = 0; i < 60; i++) inner = $"list(first: 2147483647) {{ {inner} }}";
        Analyze($"{{ release {{ {inner} }} }}").Errors.Length.ShouldBe(2);
        Analyze($"{{ releases(first: 0) {{ {inner} }} }}").TypeCost.ShouldBe(1);
    }

    [Fact]
    public void A_cost_that_cannot_be_worked_out_is_refused()
    {
        var chain = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"fragment F{i} on Release {{ ...F{i + 1} }} "));
        Analyze($"{{ release {{ ...F0 }} }} {chain} fragment F10000 on Release {{ version }}").Errors.ShouldHaveSingleItem().Message
            .ShouldBe("Operation is too large for its cost to be worked out.");
        Analyze("{ release { ...F } } fragment F on Release { parent { ...F } }").Errors.ShouldNotBeEmpty();
        Analyze($"{{ release {{ {string.Concat(Enumerable.Repeat("version ", 200))} }} }}", limits: new CostLimits { StepsMax = 100 }).Errors.ShouldHaveSingleItem();
    }

    private static CostReport Analyze(string text, IVariableValues? variables = null, CostLimits? limits = null)
    {
        var document = Verdict.Parse(text);
        return CostAnalysis.Analyze(Schema, document, document.Definitions.OfType<OperationDefinitionNode>().First(), variables, limits);
    }

    private static Schema CreateSchema()
    {
        var gate = new ObjectType<object>("Gate");
        gate.Field("name", Scalars.String, _ => "");
        var release = new ObjectType<object>("Release");
        release.Field("version", Scalars.String, _ => "");
        release.Field("gates", gate.List(), _ => null).Sized(new ListSize(5, [], [], false));
        release.Field("parent", release, _ => null);
        release.Field("list", release.List(), _ => null).Argument("first", Scalars.Int).Sized(new ListSize(50, ["first"], [], true));
        var edge = new ObjectType<object>("Edge");
        edge.Field("node", release, _ => null);
        var connection = new ObjectType<object>("Connection");
        connection.Field("edges", edge.List(), _ => null);
        var found = new UnionType<object>("Found");
        found.Include(release);
        found.Include(new ObjectType<object>("Dear") { CostWeight = 3 });
        found.Include(gate);
        ((ObjectType<object>)found.Types[1]).Field("name", Scalars.String, _ => "");
        var filter = new InputObjectType("Filter");
        filter.Add(new InputValueDefinition("name", Scalars.String) { CostWeight = 2 }).Field("inner", filter);
        var query = new ObjectType<object>("Query");
        query.Field("release", release, _ => null);
        query.Field("releases", release.List(), _ => null).Argument("first", Scalars.Int, "25").Sized(new ListSize(50, ["first"], [], true));
        query.Field("sliced", release.List(), _ => null).Argument("first", Scalars.Int).Argument("last", Scalars.Int).Sized(new ListSize(50, ["first", "last"], [], true));
        query.Field("connection", connection, _ => null).Argument("first", Scalars.Int).Sized(new ListSize(50, ["first"], ["edges"], true));
        query.Field("search", found, _ => null).Argument("text", Scalars.String).Argument("filter", filter).Cost(8);
        return Schema.Create(new SchemaDefinition { Query = query });
    }

    private sealed class Variables(Dictionary<string, CoercedValue> values) : IVariableValues
    {
        public CoercedValue Get(string name) => values.GetValueOrDefault(name);
    }
}
