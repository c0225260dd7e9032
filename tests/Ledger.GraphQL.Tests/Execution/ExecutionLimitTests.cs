using System.Diagnostics;
using System.Text;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>What nobody can make the executor do: whatever is asked, it answers soon, and lives.</summary>
public class ExecutionLimitTests
{
    private static readonly Schema Endless = CreateEndless();

    // Nothing but the executor's own limits stands in the way.
    private static readonly ExecutorOptions Bare = new()
    {
        Parsing = ParseLimits.Schema,
        Cost = null,
        Validation = new ValidationOptions { FragmentVisitsMax = int.MaxValue, MergeComparisonsMax = int.MaxValue, IntrospectionDepthMax = null },
    };

    [Fact]
    public async Task A_chain_of_ten_thousand_fragments_is_refused()
    {
        var text = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 10_000; i++) text.Append($" fragment F{i} on Query {{ {(i < 9_999 ? $"...F{i + 1}" : "a")} }}");
        (await CodeOf(text.ToString())).ShouldBe(ErrorCodes.DepthLimit);
    }

    [Fact]
    public async Task A_chain_of_fragments_and_fields_as_deep_as_allowed_is_answered()
    {
        var text = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 99; i++) text.Append($" fragment F{i} on Query {{ self {{ {(i < 98 ? $"...F{i + 1}" : "a")} }} }}");
        var executor = new GraphQLExecutor(Endless, Bare);
        (await executor.AskAsync(text.ToString())).ShouldEndWith(string.Concat(Enumerable.Repeat("}", 101)));
        (await executor.AskAsync(text.ToString().Replace("self", "later", StringComparison.Ordinal))).ShouldEndWith(string.Concat(Enumerable.Repeat("}", 101)));
    }

    [Fact]
    public async Task Fragments_that_double_thirty_times_are_planned_once_each()
    {
        var text = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 30; i++) text.Append($" fragment F{i} on Query {{ {(i < 29 ? $"...F{i + 1} ...F{i + 1}" : "a")} }}");
        (await new GraphQLExecutor(Endless, Bare).AskAsync(text.ToString())).ShouldBe("""{"data":{"a":1}}""");
    }

    [Theory]
    [InlineData("self")]
    [InlineData("later")]
    public async Task An_answer_that_doubles_thirty_times_ends_at_a_limit(string field)
    {
        var text = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 30; i++) text.Append($" fragment F{i} on Query {{ {(i < 29 ? $"a: {field} {{ ...F{i + 1} }} b: {field} {{ ...F{i + 1} }}" : "a")} }}");
        var options = Bare with { Execution = new ExecutionLimits { ObjectsMax = 20_000, TimeMax = TimeSpan.FromMinutes(10) } };
        (await CodeOf(text.ToString(), options)).ShouldBe(ErrorCodes.ResponseLimit);
        (await CodeOf(text.ToString(), Bare with { Execution = new ExecutionLimits { ObjectsMax = int.MaxValue, ResponseBytesMax = 100_000, TimeMax = TimeSpan.FromSeconds(2) } }))
            .ShouldBeOneOf(ErrorCodes.ResponseLimit, ErrorCodes.ExecutionTimeout);
    }

    [Fact]
    public async Task Twenty_thousand_times_the_same_field_is_one_field() =>
        (await new GraphQLExecutor(Endless, Bare).AskAsync($"{{ {string.Concat(Enumerable.Repeat("__typename ", 20_000))} }}")).ShouldBe("""{"data":{"__typename":"Query"}}""");

    [Fact]
    public async Task A_resolver_that_takes_too_long_is_left_behind()
    {
        var watch = Stopwatch.StartNew();
        var options = Bare with { Execution = new ExecutionLimits { TimeMax = TimeSpan.FromMilliseconds(50) } };
        (await new GraphQLExecutor(Endless, options).AskAsync("{ a never }"))
            .ShouldBe("""{"errors":[{"message":"Execution took too long.","extensions":{"code":"EXECUTION_TIMEOUT"}}],"data":null}""");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_caller_who_has_gone_gets_no_answer()
    {
        using var gone = new CancellationTokenSource();
        var pending = new GraphQLExecutor(Endless, Bare).ExecuteAsync(Ask.For("{ never }"), gone.Token).AsTask();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => pending);
    }

    [Fact]
    public async Task More_errors_than_allowed_end_the_answer() =>
        (await new GraphQLExecutor(Endless, Bare with { Execution = new ExecutionLimits { ErrorsMax = 3 } }).AskAsync("{ fails(count: 10) }"))
        .ShouldBe("""{"errors":[{"message":"The answer has more than 3 errors.","extensions":{"code":"RESPONSE_LIMIT_EXCEEDED"}}],"data":null}""");

    [Fact]
    public async Task Conditions_of_many_variables_are_planned_for_the_occasion()
    {
        var names = Enumerable.Range(0, 12).Select(i => $"v{i}").ToList();
        var text = $"query({string.Join(' ', names.Select(name => $"${name}: Boolean!"))}) {{ {string.Join(' ', names.Select(name => $"{name}: a @include(if: ${name})"))} z: a }}";
        var executor = new GraphQLExecutor(Endless, Bare);
        for (var bits = 0; bits < 4_096; bits += 37)
        {
            var variables = names.Select((name, i) => (name, Value: (bits >> i & 1) != 0)).ToDictionary(each => each.name, each => each.Value);
            (await executor.AskAsync(text, variables)).ShouldBe($"{{\"data\":{{{string.Concat(variables.Where(each => each.Value).Select(each => $"\"{each.Key}\":1,"))}\"z\":1}}}}");
        }
    }

    [Fact]
    public async Task More_variables_than_a_plan_has_bits_are_refused()
    {
        var names = Enumerable.Range(0, 65).Select(i => $"v{i}").ToList();
        var text = $"query({string.Join(' ', names.Select(name => $"${name}: Boolean!"))}) {{ {string.Join(' ', names.Select(name => $"{name}: a @include(if: ${name})"))} }}";
        using var result = await new GraphQLExecutor(Endless, Bare).ExecuteAsync(Ask.For(text, names.ToDictionary(name => name, _ => true)));
        result.Errors.Single().Code.ShouldBe(ErrorCodes.DocumentLimit);
    }

    [Fact]
    public async Task Operations_that_are_kept_are_bounded()
    {
        var executor = new GraphQLExecutor(Endless, Bare with { CachedOperationsMax = 10 });
        for (var i = 0; i < 100; i++)
        {
            await executor.AskAsync($"{{ a{i}: a }}");
            (await executor.AskAsync("{ asked: a }")).ShouldBe("""{"data":{"asked":1}}""");
        }

        executor.CachedOperations.ShouldBe(10);
    }

    [Fact]
    public async Task What_is_refused_is_not_kept()
    {
        var executor = new GraphQLExecutor(Endless, Bare);
        await executor.AskAsync("{ missing }");
        await executor.AskAsync("{ a");
        executor.CachedOperations.ShouldBe(0);
    }

    private static async Task<string> CodeOf(string text, ExecutorOptions? options = null)
    {
        using var result = await new GraphQLExecutor(Endless, options ?? Bare).ExecuteAsync(Ask.For(text));
        return result.Errors.Single().Code;
    }

    private static Schema CreateEndless()
    {
        var query = new ObjectType<object?>("Query");
        query.Field("a", Scalars.Int, _ => (int?)1);
        query.Field<object>("self", (IOutput<object>)(object)query, each => "self");
        query.AsyncField<object>("later", (IOutput<object>)(object)query, async (_, _) => { await Task.Yield(); return "later"; });
        query.AsyncField<int>("never", Scalars.Int, async (_, _) => { await Task.Delay(Timeout.Infinite); return 1; });
        query.Field<IReadOnlyList<double>>("fails", Scalars.Float.List(), (_, context) => [.. Enumerable.Repeat(double.NaN, context.Arguments.Get<int>("count"))])
            .Argument("count", Scalars.Int.NonNull());
        return Schema.Create(new SchemaDefinition { Query = query });
    }
}
