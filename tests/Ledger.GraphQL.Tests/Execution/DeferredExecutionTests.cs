using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Fields that have to be waited for: batches, serial mutations, what happens in between.</summary>
public class DeferredExecutionTests
{
    private sealed record Item(int Number);

    private readonly List<string> _calls = [];

    [Fact]
    public async Task A_list_costs_one_call_for_a_field_at_every_level()
    {
        var executor = Batched();

        var response = await executor.AskAsync("{ items { label parts { label maker { label } } maker { label } } one { label } }");

        response.ShouldStartWith("""{"data":{"items":[{"label":"l1","parts":[{"label":"l10","maker":{"label":"l1000"}},{"label":"l11","maker":{"label":"l1100"}}],"maker":{"label":"l100"}},{"label":"l2","parts":[{"label":"l20","maker":""");
        response.ShouldEndWith("""],"one":{"label":"l7"}}}""");
        _calls.Order(StringComparer.Ordinal).ShouldBe(["label 1 2 3", "label 10 11 20 21 30 31", "label 100 200 300", "label 1000 1100 2000 2100 3000 3100", "label 7"]);
    }

    [Fact]
    public async Task An_object_that_is_met_twice_is_looked_up_once_in_a_batch()
    {
        var type = new ObjectType<Item>("Item");
        type.BatchField("label", Scalars.String, item => item.Number, Labels);
        var query = new ObjectType<object>("Query");
        query.Field<IReadOnlyList<Item>>("items", type.List(), _ => [new Item(1), new Item(1), null!, new Item(2)]);
        (await new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query })).AskAsync("{ items { label } }"))
            .ShouldBe("""{"data":{"items":[{"label":"l1"},{"label":"l1"},null,{"label":"l2"}]}}""");
        _calls.ShouldBe(["label 1 2"]);
    }

    [Fact]
    public async Task A_position_of_a_batch_may_fail_alone()
    {
        var type = new ObjectType<Item>("Item");
        type.Field("label", Scalars.String.NonNull(), new Halving());
        var query = new ObjectType<object>("Query");
        query.Field<IReadOnlyList<Item>>("items", type.List(), _ => [new Item(1), new Item(2)]);
        (await new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query })).AskAsync("{ items { label } }"))
            .ShouldBe("""{"errors":[{"message":"odd","locations":[{"line":1,"column":11}],"path":["items",0,"label"],"extensions":{"code":"ODD"}}],"data":{"items":[null,{"label":"1"}]}}""");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_fields_of_a_mutation_come_one_after_another_each_with_all_that_is_below_it(bool isAsynchronous)
    {
        var number = 0;
        var type = new ObjectType<Item>("Item");
        type.Field("number", Scalars.Int, item => number);
        type.AsyncField<int>("later", Scalars.Int, async (_, _) => { await Task.Delay(5); return number; });
        var mutation = new ObjectType<object>("Mutation");
        mutation.Field("add", type, _ => new Item(++number));
        mutation.AsyncField<Item>("addLater", type, async (_, _) => { await Task.Delay(5); return new Item(++number); });
        var query = new ObjectType<object>("Query");
        query.Field("a", Scalars.Int, _ => (int?)1);
        var executor = new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query, Mutation = mutation }));

        (await executor.AskAsync(isAsynchronous
                ? "mutation { a: addLater { later number } b: add { number } c: addLater { later } d: add { later } }"
                : "mutation { a: add { later: number number } b: add { number } c: add { later: number } d: add { later: number } }"))
            .ShouldBe("""{"data":{"a":{"later":1,"number":1},"b":{"number":2},"c":{"later":3},"d":{"later":4}}}""");
    }

    [Fact]
    public async Task Siblings_are_waited_for_together()
    {
        var both = new TaskCompletionSource();
        var waiting = 0;
        var query = new ObjectType<object>("Query");
        query.AsyncField<int>("wait", Scalars.Int, async (_, _) =>
        {
            if (Interlocked.Increment(ref waiting) == 2) both.SetResult();
            await both.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return 1;
        });
        (await new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query })).AskAsync("{ a: wait b: wait }"))
            .ShouldBe("""{"data":{"a":1,"b":1}}""");
    }

    [Fact]
    public async Task An_abstract_type_is_looked_up_by_object_type()
    {
        var item = new ObjectType<Item>("Item");
        item.BatchField("label", Scalars.String, each => each.Number, Labels);
        var text = new ObjectType<string>("Text");
        text.Field("label", Scalars.String, each => each);
        var either = new UnionType<object>("Either");
        either.Include(item);
        either.Include(text);
        var query = new ObjectType<object>("Query");
        query.Field<IReadOnlyList<object>>("all", either.List(), _ => [new Item(1), "t", new Item(2), 3.5]);
        (await new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query })).AskAsync("{ all { __typename ... on Item { label } ... on Text { label } } }"))
            .ShouldEndWith("""],"data":{"all":[{"__typename":"Item","label":"l1"},{"__typename":"Text","label":"t"},{"__typename":"Item","label":"l2"},null]}}""");
        _calls.ShouldBe(["label 1 2"]);
    }

    private GraphQLExecutor Batched()
    {
        var type = new ObjectType<Item>("Item");
        type.BatchField("label", Scalars.String, item => item.Number, Labels);
        type.Field<IReadOnlyList<Item>>("parts", type.NonNull().List(), item => [new Item(item.Number * 10), new Item((item.Number * 10) + 1)]);
        type.AsyncField<Item>("maker", type, async (item, _) => { await Task.Yield(); return new Item(item.Number * 100); });
        var query = new ObjectType<object>("Query");
        query.Field<IReadOnlyList<Item>>("items", type.List(), _ => [new Item(1), new Item(2), new Item(3)]);
        query.Field("one", type, _ => new Item(7));
        return new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query }));
    }

    private async ValueTask<IReadOnlyDictionary<int, string>> Labels(IReadOnlyList<int> keys, ResolverContext context)
    {
        lock (_calls) _calls.Add($"label {string.Join(' ', keys)}");
        await Task.Yield();
        return keys.ToDictionary(key => key, key => $"l{key}");
    }

    private sealed class Halving : BatchResolver
    {
        public override ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context) =>
            new([.. sources.Cast<Item>().Select(item => item.Number % 2 == 1 ? new FieldException("odd", "ODD") : (object)$"{item.Number / 2}")]);
    }
}
