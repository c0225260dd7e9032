using System.Text;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;
using Ledger.GraphQL.Http.EventStreams;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>Several operations over one event stream.</summary>
public class SharedStreamTests
{
    private readonly SharedStreams _streams = new(new SharedStreamOptions { StreamsMax = 2, OperationsMax = 2, ReservationTime = TimeSpan.Zero });
    private readonly GraphQLHttpHandler _handler;

    public SharedStreamTests() =>
        _handler = new GraphQLHttpHandler(new GraphQLExecutor(CountingSchema.Create()), new GraphQLHttpOptions { SharedStreams = _streams });

    [Fact]
    public async Task Operations_are_answered_over_the_stream_that_they_name()
    {
        var token = await ReserveAsync();
        using var stream = await AnswerAsync("GET", token, accept: MediaTypes.EventStream);
        var events = stream.Events!.GetAsyncEnumerator();
        (await NextAsync(events)).ShouldBe(":\n\n");
        (await StatusAsync("POST", token, """{"query":"{ a }","extensions":{"operationId":"one"}}""")).ShouldBe(202);
        (await NextAsync(events)).ShouldBe("event: next\ndata: {\"id\":\"one\",\"payload\":{\"data\":{\"a\":1}}}\n\n");
        (await NextAsync(events)).ShouldBe("event: complete\ndata: {\"id\":\"one\"}\n\n");
        await events.DisposeAsync();
        _streams.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_operation_is_ended_by_its_id_which_is_free_then()
    {
        var token = await ReserveAsync();
        const string endless = """{"query":"subscription { silent }","extensions":{"operationId":"one"}}""";
        (await StatusAsync("POST", token, endless)).ShouldBe(202);
        (await StatusAsync("POST", token, endless)).ShouldBe(409);
        (await StatusAsync("DELETE", token, queryString: "?operationId=one")).ShouldBe(200);
        (await StatusAsync("DELETE", token)).ShouldBe(400);
        (await StatusAsync("POST", token, endless)).ShouldBe(202);
        (await StatusAsync("POST", token, endless.Replace("one", "two", StringComparison.Ordinal))).ShouldBe(202);
        (await StatusAsync("POST", token, endless.Replace("one", "three", StringComparison.Ordinal))).ShouldBe(429);
    }

    [Fact]
    public async Task A_stream_is_opened_by_one()
    {
        var token = await ReserveAsync();
        using var first = await AnswerAsync("GET", token, accept: MediaTypes.EventStream);
        first.Status.ShouldBe(200);
        using var second = await AnswerAsync("GET", token, accept: MediaTypes.EventStream);
        second.Status.ShouldBe(409);
    }

    [Fact]
    public async Task Without_a_reservation_there_is_no_stream()
    {
        (await StatusAsync("POST", "guessed", """{"query":"{ a }","extensions":{"operationId":"one"}}""")).ShouldBe(404);
        using var stream = await AnswerAsync("GET", "guessed", accept: MediaTypes.EventStream);
        stream.Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_not_executed_is_answered_at_once()
    {
        var token = await ReserveAsync();
        (await StatusAsync("POST", token, """{"query":"{ missing }","extensions":{"operationId":"one"}}""")).ShouldBe(400);
        (await StatusAsync("POST", token, """{"query":"{ a }"}""")).ShouldBe(400);
    }

    [Fact]
    public async Task A_reservation_that_is_not_used_makes_room()
    {
        var first = await ReserveAsync();
        await ReserveAsync();
        await Task.Delay(5);
        await ReserveAsync();
        (await StatusAsync("POST", first, """{"query":"{ a }","extensions":{"operationId":"one"}}""")).ShouldBe(404);
    }

    [Fact]
    public async Task Streams_that_are_open_are_bounded()
    {
        for (var i = 0; i < 2; i++)
        {
            using var opened = await AnswerAsync("GET", await ReserveAsync(), accept: MediaTypes.EventStream);
            opened.Status.ShouldBe(200);
        }

        (await StatusAsync("PUT", null)).ShouldBe(429);
    }

    private async Task<string> ReserveAsync()
    {
        using var answer = await AnswerAsync("PUT", null);
        answer.Status.ShouldBe(201);
        return Encoding.ASCII.GetString(answer.Body.Span);
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> events)
    {
        (await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        return Encoding.UTF8.GetString(events.Current.Span);
    }

    private async Task<int> StatusAsync(string method, string? token, string body = "", string? queryString = null)
    {
        using var answer = await AnswerAsync(method, token, body, queryString);
        return answer.Status;
    }

    private ValueTask<HttpAnswer> AnswerAsync(string method, string? token, string body = "", string? queryString = null, string? accept = null) =>
        _handler.AnswerAsync(
            new HttpRequestParts { Method = method, QueryString = queryString, ContentType = MediaTypes.Json, Accept = accept, EventStreamToken = token, Body = Encoding.UTF8.GetBytes(body) },
            new GraphQLRequest());
}
