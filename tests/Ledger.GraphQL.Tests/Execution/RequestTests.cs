using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Tests.Types;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation.Cost;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Who may ask what, at which cost, and many at once.</summary>
public class RequestTests
{
    private const string Query = "query($id: ID!) { release(id: $id) { version } }";

    private static readonly Schema Schema = ReleaseSchema.Create(id => new Release(id, $"v-{id}", [], []));

    [Theory]
    [InlineData("auditor", true)]
    [InlineData("stranger", false)]
    public async Task A_field_with_a_policy_is_for_those_who_meet_it(string caller, bool isAllowed)
    {
        var executor = new GraphQLExecutor(Schema, new ExecutorOptions { Authorize = (policy, state) => Equals(policy, state) });
        using var result = await executor.ExecuteAsync(Ask.For(Query, new { id = "r" }) with { State = caller });
        result.HasData.ShouldBe(isAllowed);
        if (!isAllowed) Ask.TextOf(result).ShouldBe("""{"errors":[{"message":"Not authorized to select \"Query.release\".","locations":[{"line":1,"column":19}],"extensions":{"code":"FORBIDDEN"}}]}""");
    }

    [Fact]
    public async Task Without_an_answer_of_the_host_nobody_meets_a_policy()
    {
        using var result = await new GraphQLExecutor(Schema).ExecuteAsync(Ask.For(Query, new { id = "r" }));
        result.Errors.Single().Code.ShouldBe(ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task A_field_that_is_skipped_needs_no_policy() =>
        (await new GraphQLExecutor(Schema).AskAsync("query($is: Boolean!) { __typename release(id: 1) @include(if: $is) { id } }", new { @is = false }))
        .ShouldBe("""{"data":{"__typename":"Query"}}""");

    [Theory]
    [InlineData(CostReporting.Report, """{"data":{"release":{"version":"v-r"}},"extensions":{"operationCost":{"fieldCost":2,"typeCost":2}}}""")]
    [InlineData(CostReporting.ReportOnly, """{"data":null,"extensions":{"operationCost":{"fieldCost":2,"typeCost":2}}}""")]
    public async Task The_cost_is_told_to_those_who_ask(CostReporting reporting, string expected) =>
        (await Open().AskAsync(Ask.For(Query, new { id = "r" }) with { CostReporting = reporting })).ShouldBe(expected);

    [Fact]
    public async Task What_costs_too_much_is_refused()
    {
        using var result = await Open(new CostLimits { FieldCostMax = 1 }).ExecuteAsync(Ask.For(Query, new { id = "r" }));
        (result.HasData, result.Errors.Single().Code).ShouldBe((false, ErrorCodes.CostLimit));
    }

    [Fact]
    public async Task A_way_of_asking_may_allow_only_queries()
    {
        var mutation = new ObjectType<object?>("Mutation");
        var isChanged = false;
        mutation.Field("change", Scalars.Boolean, _ => (bool?)(isChanged = true));
        var query = new ObjectType<object?>("Query");
        query.Field("a", Scalars.Int, _ => (int?)1);
        var executor = new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query, Mutation = mutation }));
        using var result = await executor.ExecuteAsync(Ask.For("mutation { change }") with { RefuseMutations = true });
        (result.HasData, result.Errors.Single().Code, isChanged).ShouldBe((false, ErrorCodes.OperationNotAllowed, false));
        (await executor.AskAsync("mutation { change }")).ShouldBe("""{"data":{"change":true}}""");
    }

    [Fact]
    public async Task Many_threads_share_one_plan()
    {
        var executor = Open();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            (await executor.AskAsync("query($id: ID!, $both: Boolean!) { release(id: $id) { version id @include(if: $both) } }", new { id = $"{i}", both = i % 2 == 0 }))
                .ShouldBe($"{{\"data\":{{\"release\":{{\"version\":\"v-{i}\"{(i % 2 == 0 ? $",\"id\":\"{i}\"" : "")}}}}}}}"));
        executor.CachedOperations.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_may_change_its_text_once_it_is_answered()
    {
        var executor = Open();
        var request = Ask.For("{ nothing: __typename other: release(id: 1) { version } }");
        var text = (byte[])request.Document.ToArray().Clone();
        await executor.AskAsync(request with { Document = text });
        Array.Fill(text, (byte)' ');
        (await executor.AskAsync(request)).ShouldBe("""{"data":{"nothing":"Query","other":{"version":"v-1"}}}""");
    }

    private static GraphQLExecutor Open(CostLimits? cost = null) =>
        new(Schema, new ExecutorOptions { Authorize = (_, _) => true, Cost = cost ?? CostLimits.Default });
}
