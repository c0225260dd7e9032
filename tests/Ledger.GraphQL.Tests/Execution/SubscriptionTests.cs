using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Section 6.2.3: an answer for every event, until the source ends, fails, or nobody listens.</summary>
public class SubscriptionTests
{
    private sealed record Event(int Number);

    [Fact]
    public async Task Every_event_has_an_answer_of_its_own() =>
        (await Counting().AskAllAsync(Ask.For("subscription($to: Int!) { n: counted(to: $to) { number later } }", new { to = 3 }))).ShouldBe(
        [
            """{"data":{"n":{"number":1,"later":10}}}""",
            """{"errors":[{"message":"two","locations":[{"line":1,"column":56}],"path":["n","later"],"extensions":{"code":"TWO"}}],"data":{"n":{"number":2,"later":null}}}""",
            """{"data":{"n":{"number":3,"later":30}}}""",
        ]);

    [Fact]
    public async Task A_source_that_fails_has_a_last_answer_without_data()
    {
        var answers = await Counting().AskAllAsync(Ask.For("subscription { counted(to: 99) { number } }"));
        answers.Count.ShouldBe(6);
        answers[5].ShouldBe("""{"errors":[{"message":"gone","locations":[{"line":1,"column":16}],"path":["counted"],"extensions":{"code":"GONE"}}]}""");
    }

    [Fact]
    public async Task A_source_that_cannot_be_made_has_one_answer_without_data() =>
        (await Counting().AskAllAsync(Ask.For("subscription { counted(to: -1) { number } }"))).Single()
        .ShouldBe("""{"errors":[{"message":"negative","locations":[{"line":1,"column":16}],"path":["counted"],"extensions":{"code":"NEGATIVE"}}]}""");

    [Fact]
    public async Task A_query_is_answered_once() =>
        (await Counting().AskAllAsync(Ask.For("{ a }"))).ShouldBe(["""{"data":{"a":1}}"""]);

    [Fact]
    public async Task A_subscription_is_refused_where_one_answer_is_expected()
    {
        using var result = await Counting().ExecuteAsync(Ask.For("subscription { counted(to: 1) { number } }"));
        (result.HasData, result.Errors.Single().Code).ShouldBe((false, ErrorCodes.OperationNotAllowed));
    }

    [Fact]
    public async Task Who_stops_listening_ends_the_source()
    {
        var ended = new TaskCompletionSource();
        var executor = Counting(ended);
        await foreach (var result in executor.SubscribeAsync(Ask.For("subscription { counted(to: 99) { number } }")))
        {
            result.Dispose();
            break;
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Cancelling_ends_a_source_that_waits()
    {
        using var cancelled = new CancellationTokenSource();
        var answers = Counting().SubscribeAsync(Ask.For("subscription { silent { number } }"), cancelled.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = answers.MoveNextAsync().AsTask();
        next.IsCompleted.ShouldBeFalse();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static GraphQLExecutor Counting(TaskCompletionSource? ended = null)
    {
        var type = new ObjectType<Event>("Event");
        type.Field("number", Scalars.Int, each => (int?)each.Number);
        type.AsyncField<int>("later", Scalars.Int, async (each, _) =>
        {
            await Task.Yield();
            return each.Number == 2 ? throw new FieldException("two", "TWO") : each.Number * 10;
        });
        var subscription = new ObjectType<object?>("Subscription");
        subscription.StreamField("counted", type.NonNull(), (_, context) =>
            context.Arguments.Get<int>("to") is var to and >= 0 ? Count(to, ended) : throw new FieldException("negative", "NEGATIVE")).Argument("to", Scalars.Int.NonNull());
        subscription.StreamField("silent", type, (_, context) => Wait(context.CancellationToken));
        var query = new ObjectType<object?>("Query");
        query.Field("a", Scalars.Int, _ => (int?)1);
        return new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query, Subscription = subscription }));
    }

    private static async IAsyncEnumerable<Event> Count(int to, TaskCompletionSource? ended)
    {
        try
        {
            for (var i = 1; i <= to; i++)
            {
                await Task.Yield();
                yield return i <= 5 ? new Event(i) : throw new FieldException("gone", "GONE");
            }
        }
        finally
        {
            ended?.SetResult();
        }
    }

    private static async IAsyncEnumerable<Event> Wait([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }
}
