using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>What listeners are told of operations, by the conventions of OpenTelemetry: the type, the name, why it failed, and nothing of the document's text.</summary>
public sealed class OperationTelemetryTests
{
    private ActivitySpanId _seen;

    [Fact]
    public async Task A_query_is_a_span_of_its_type_with_its_name_and_without_its_document()
    {
        using var listening = new Listening();
        (await Executor().AskAsync("query Mine { said(word: \"secret\") }")).ShouldBe("""{"data":{"said":"secret"}}""");
        var span = listening.Spans.ShouldHaveSingleItem();
        (span.DisplayName, span.Kind, span.Status).ShouldBe(("query", ActivityKind.Server, ActivityStatusCode.Unset));
        span.TagObjects.ShouldBe([new("graphql.operation.type", "query"), new("graphql.operation.name", "Mine")]);
        var (seconds, type, error) = listening.Durations.ShouldHaveSingleItem();
        seconds.ShouldBeGreaterThanOrEqualTo(0);
        (type, error).ShouldBe(("query", null));
    }

    [Fact]
    public async Task What_a_resolver_does_is_below_the_span()
    {
        using var listening = new Listening();
        await Executor().AskAsync("{ later }");
        var span = listening.Spans.ShouldHaveSingleItem();
        span.TagObjects.ShouldBe([new("graphql.operation.type", "query")]);
        _seen.ShouldBe(span.SpanId);
    }

    [Theory]
    [InlineData("query Broken { fails }", "query", "GONE")]
    [InlineData("{ unknown }", "GraphQL Operation", ErrorCodes.ValidationFailed)]
    [InlineData("{", "GraphQL Operation", ErrorCodes.ParseFailed)]
    public async Task What_went_wrong_is_told_by_its_code(string document, string name, string code)
    {
        using var listening = new Listening();
        await Executor().AskAsync(document);
        var span = listening.Spans.ShouldHaveSingleItem();
        (span.DisplayName, span.Status, span.GetTagItem("error.type")).ShouldBe((name, ActivityStatusCode.Error, code));
        listening.Durations.ShouldHaveSingleItem().Error.ShouldBe(code);
    }

    [Fact]
    public async Task Each_answer_of_a_subscription_is_a_span_and_a_long_name_is_cut()
    {
        using var listening = new Listening();
        var name = new string('n', 300);
        (await Executor().AskAllAsync(Ask.For($"subscription {name} {{ counted }}"))).Count.ShouldBe(2);
        listening.Spans.Count.ShouldBe(2);
        foreach (var span in listening.Spans) (span.DisplayName, (string?)span.GetTagItem("graphql.operation.name")).ShouldBe(("subscription", name[..100]));
    }

    [Fact]
    public async Task What_the_host_explains_of_an_exception_is_told_and_nothing_else()
    {
        var query = new ObjectType<object?>("Query");
        query.Field<string>("fails", Scalars.String, _ => throw new TimeoutException("host=db password=x"));
        var reported = 0;
        var executor = new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query }), new ExecutorOptions
        {
            Explain = exception => exception is TimeoutException ? new FieldException("Away.", "UNAVAILABLE") : null,
            OnUnexpectedFailure = _ => reported++,
        });
        (await executor.AskAsync("{ fails }")).ShouldBe("""{"errors":[{"message":"Away.","locations":[{"line":1,"column":3}],"path":["fails"],"extensions":{"code":"UNAVAILABLE"}}],"data":{"fails":null}}""");
        reported.ShouldBe(0);
    }

    private GraphQLExecutor Executor()
    {
        var query = new ObjectType<object?>("Query");
        query.Field("said", Scalars.String, (_, context) => context.Arguments.Get<string>("word")).Argument("word", Scalars.String);
        query.Field<string>("fails", Scalars.String, _ => throw new FieldException("gone", "GONE"));
        query.AsyncField<int>("later", Scalars.Int, async (_, _) =>
        {
            await Task.Yield();
            _seen = Activity.Current!.SpanId;
            return 1;
        });
        var subscription = new ObjectType<object?>("Subscription");
        subscription.StreamField("counted", Scalars.String.NonNull(), (_, _) => CountAsync());
        return new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query, Subscription = subscription }));
    }

    private static async IAsyncEnumerable<string> CountAsync()
    {
        await Task.Yield();
        yield return "one";
        yield return "two";
    }

    /// <summary>Hears of the operations of one trace: other tests execute at the same time.</summary>
    private sealed class Listening : IDisposable
    {
        private readonly Activity _outer = new Activity("outer").Start();
        private readonly ActivityListener _spans;
        private readonly MeterListener _meters = new();

        public Listening()
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = source => source.Name == OperationTelemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    if (activity.TraceId == _outer.TraceId) Spans.Enqueue(activity);
                },
            };
            ActivitySource.AddActivityListener(_spans);
            _meters.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == OperationTelemetry.Name) listener.EnableMeasurementEvents(instrument);
            };
            _meters.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
            {
                if (Activity.Current?.TraceId == _outer.TraceId) Durations.Enqueue((seconds, Tag(tags, "graphql.operation.type"), Tag(tags, "error.type")));
            });
            _meters.Start();
        }

        public ConcurrentQueue<Activity> Spans { get; } = new();

        public ConcurrentQueue<(double Seconds, string? Type, string? Error)> Durations { get; } = new();

        public void Dispose()
        {
            _spans.Dispose();
            _meters.Dispose();
            _outer.Dispose();
        }

        private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
        {
            foreach (var (key, value) in tags)
                if (key == name) return (string?)value;
            return null;
        }
    }
}
