using System.Text;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP: what is read, what is refused, and with which status.</summary>
public class HttpAnswerTests
{
    private static readonly GraphQLHttpHandler Handler = new(
        new GraphQLExecutor(CountingSchema.Create(), new ExecutorOptions { Documents = new PersistedDocuments { Automatic = new MemoryDocumentStore() } }));

    [Theory]
    [InlineData(null, MediaTypes.Json, false)]
    [InlineData("*/*", MediaTypes.Json, false)]
    [InlineData("application/*;q=0.5", MediaTypes.Json, false)]
    [InlineData("application/graphql-response+json, application/json;q=0.9", MediaTypes.GraphQLResponse, false)]
    [InlineData("application/json, application/graphql-response+json", MediaTypes.GraphQLResponse, false)]
    [InlineData("application/json, application/graphql-response+json;q=0.1", MediaTypes.Json, false)]
    [InlineData("application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed", MediaTypes.GraphQLResponse, true)]
    [InlineData("text/event-stream", null, true)]
    [InlineData("APPLICATION/JSON ; Charset=\"UTF-8\"", MediaTypes.Json, false)]
    [InlineData("application/json; charset=utf-16", null, false)]
    [InlineData("application/json;q=0", null, false)]
    [InlineData("application/json;q=0, */*", MediaTypes.GraphQLResponse, false)]
    [InlineData("*/*, application/json;q=0, application/graphql-response+json;q=0.000", null, false)]
    [InlineData("application/graphql-response+json;q=0.5, application/*;q=0.9", MediaTypes.Json, false)]
    [InlineData("application/graphql-response+json, */*;q=0.1", MediaTypes.GraphQLResponse, false)]
    [InlineData("text/*, text/event-stream;q=0", null, false)]
    [InlineData("text/html", null, false)]
    public void A_client_gets_what_it_can_read_best(string? accept, string? mediaType, bool eventStream) =>
        Acceptance.Of(accept).ShouldBe(new Acceptance(mediaType, eventStream));

    [Theory]
    [InlineData("""{"query":"{ a }"}""", 200, 200)]
    [InlineData("""{"query":"{ broken }"}""", 200, 200)]
    [InlineData("""{"query":"{ missing }"}""", 400, 200)]
    [InlineData("""{"query":"{"}""", 400, 200)]
    [InlineData("""{"query":"{ guarded }"}""", 403, 200)]
    [InlineData("""{"query":"subscription { silent }"}""", 400, 200)]
    [InlineData("""{"query":"{ a }","operationName":"None"}""", 400, 200)]
    [InlineData("""{"query":"query($t: String!) { echo(text: $t) }"}""", 400, 200)]
    [InlineData("""{"documentId":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}""", 400, 200)]
    [InlineData("""{"query":"{ a }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"0000000000000000000000000000000000000000000000000000000000000000"}}}""", 400, 200)]
    [InlineData("\uFEFF{\"query\":\"{ a }\"}", 200, 200)]
    [InlineData("""{"query":"{ a }","variables":null,"operationName":null,"extensions":null}""", 200, 200)]
    [InlineData("""{"query":"{ a }","operationName":""}""", 200, 200)]
    [InlineData("""{"query":"query($t: String) { echo(text: $t) }","variables":{"t":1e400}}""", 400, 200)]
    [InlineData("", 400, 400)]
    [InlineData("{", 400, 400)]
    [InlineData("{} {}", 400, 400)]
    [InlineData("null", 400, 400)]
    [InlineData("{}", 400, 400)]
    [InlineData("""[{"query":"{ a }"}]""", 400, 400)]
    [InlineData("""{"query":"{ a }","query":"{ b: a }"}""", 400, 400)]
    [InlineData("""{"query":"{ a }","variables":[]}""", 400, 400)]
    [InlineData("""{"query":"{ a }","documentId":"md5:00"}""", 400, 400)]
    [InlineData("""{"query":"{ a }","extensions":{"persistedQuery":{"version":2,"sha256Hash":"00"}}}""", 400, 400)]
    [InlineData("""{"query":"{ a } # \ud800"}""", 400, 400)]
    [InlineData("""{"query":"{ a }","operationName":"\udc00"}""", 400, 400)]
    public async Task The_status_says_whether_it_was_executed_and_plain_JSON_only_whether_it_was_asked(string body, int status, int plainStatus)
    {
        (await PostAsync(body, MediaTypes.GraphQLResponse)).Status.ShouldBe(status);
        (await PostAsync(body, MediaTypes.Json)).Status.ShouldBe(plainStatus);
    }

    [Theory]
    [InlineData("""{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"\ud800"}}""", "The variables are not Unicode text.")]
    [InlineData("""{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"ok","\ud800":1}}""", "The variables are not Unicode text.")]
    [InlineData("""{"query":"{ a }","extensions":{"\ud800":1}}""", null)]
    [InlineData("""{"query":"{ a }","extensions":{"persistedQuery":{"\ud800":1}}}""", "persistedQuery")]
    public async Task Half_a_character_is_no_text_wherever_it_is_escaped(string body, string? problem)
    {
        var text = (await PostAsync(body, MediaTypes.Json)).Body;
        if (problem is null) text.ShouldBe("""{"data":{"a":1}}""");
        else text.ShouldContain(problem);
    }

    [Fact]
    public async Task What_is_not_UTF_8_is_refused() =>
        (await AnswerAsync(new HttpRequestParts { Method = "POST", ContentType = MediaTypes.Json, Body = new byte[] { (byte)'{', 0xFF, (byte)'}' } })).Status.ShouldBe(400);

    [Fact]
    public async Task Variables_that_nest_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 50_000));
        (await PostAsync($"{{\"query\":\"{{ a }}\",\"variables\":{deep}1{new string('}', 50_000)}}}", MediaTypes.Json)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task What_a_page_could_send_unasked_is_refused(string? contentType) =>
        (await AnswerAsync(new HttpRequestParts { Method = "POST", ContentType = contentType, Body = """{"query":"{ a }"}"""u8.ToArray() })).Status.ShouldBe(415);

    [Theory]
    [InlineData("?query=%7B%20a%20%7D", 200, """{"data":{"a":1}}""")]
    [InlineData("query=query(%24t:String)%7Becho(text:%24t)%7D&variables=%7B%22t%22:%22caf%C3%A9+%2B%22%7D&operationName=&other=1", 200, """{"data":{"echo":"café +"}}""")]
    [InlineData("?query={a}&query={a}", 400, "given twice")]
    [InlineData("?query=%FF", 400, "not Unicode")]
    [InlineData("?query=%7", 400, "not Unicode")]
    [InlineData("?query={a}&variables=%7B", 400, "not JSON")]
    [InlineData("?query={a}&variables=[]", 400, "must be an object")]
    [InlineData("", 400, "missing")]
    public async Task A_query_may_come_in_the_query_string(string queryString, int status, string text)
    {
        var answer = await AnswerAsync(new HttpRequestParts { Method = "GET", QueryString = queryString });
        answer.Status.ShouldBe(status);
        answer.Body.ShouldContain(text);
    }

    [Theory]
    [InlineData(MediaTypes.Json)]
    [InlineData(MediaTypes.GraphQLResponse)]
    public async Task A_mutation_may_not(string accept)
    {
        var answer = await AnswerAsync(new HttpRequestParts { Method = "GET", QueryString = "?query=mutation{change}", Accept = accept });
        (answer.Status, answer.Allow).ShouldBe((405, "POST"));
        answer.Body.ShouldNotContain("data");
        (await PostAsync("""{"query":"mutation { change }"}""", accept)).Body.ShouldBe("""{"data":{"change":2}}""");
    }

    [Theory]
    [InlineData("PUT", null, 405)]
    [InlineData("DELETE", null, 405)]
    [InlineData("GET", "text/html", 406)]
    public async Task What_is_no_request_is_refused(string method, string? accept, int status) =>
        (await AnswerAsync(new HttpRequestParts { Method = method, QueryString = "?query={a}", Accept = accept })).Status.ShouldBe(status);

    [Fact]
    public async Task What_is_too_long_is_refused_unread()
    {
        (await AnswerAsync(new HttpRequestParts { Method = "POST", ContentType = MediaTypes.Json, Body = new byte[(1 << 20) + 1] })).Status.ShouldBe(413);
        (await AnswerAsync(new HttpRequestParts { Method = "GET", QueryString = "?query=" + new string('a', 20_000) })).Status.ShouldBe(414);
    }

    [Fact]
    public async Task A_document_that_was_sent_once_may_be_named_from_then_on()
    {
        var hash = DocumentHash.Of("{ a }"u8);
        var named = $$$$"""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{{{hash}}}}"}}}""";
        (await PostAsync(named.Replace("{\"ext", "{\"query\":\"{ a }\",\"ext", StringComparison.Ordinal), MediaTypes.Json)).Body.ShouldBe("""{"data":{"a":1}}""");
        (await PostAsync(named, MediaTypes.Json)).Body.ShouldBe("""{"data":{"a":1}}""");
        (await PostAsync($$"""{"documentId":"sha256:{{hash}}"}""", MediaTypes.Json)).Body.ShouldBe("""{"data":{"a":1}}""");
    }

    [Theory]
    [InlineData("report", """{"data":{"a":1},"extensions":{"operationCost":{"fieldCost":0,"typeCost":1}}}""")]
    [InlineData("validate", """{"data":null,"extensions":{"operationCost":{"fieldCost":0,"typeCost":1}}}""")]
    [InlineData("other", """{"data":{"a":1}}""")]
    public async Task A_header_asks_for_the_cost(string header, string expected) =>
        (await AnswerAsync(new HttpRequestParts { Method = "GET", QueryString = "?query={a}", Cost = header })).Body.ShouldBe(expected);

    [Theory]
    [InlineData("subscription{counted(to:2)}", ":\n\nevent: next\ndata: {\"data\":{\"counted\":1}}\n\nevent: next\ndata: {\"data\":{\"counted\":2}}\n\nevent: complete\ndata: \n\n")]
    [InlineData("{a}", ":\n\nevent: next\ndata: {\"data\":{\"a\":1}}\n\nevent: complete\ndata: \n\n")]
    public async Task An_event_stream_has_an_event_for_every_answer(string query, string expected)
    {
        using var answer = await Handler.AnswerAsync(new HttpRequestParts { Method = "GET", QueryString = $"?query={query}", Accept = MediaTypes.EventStream }, new GraphQLRequest());
        (answer.Status, answer.ContentType).ShouldBe((200, MediaTypes.EventStream));
        var text = new StringBuilder();
        await foreach (var part in answer.Events!) text.Append(Encoding.UTF8.GetString(part.Span));
        text.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_silent_stream_is_kept_alive_until_the_client_goes()
    {
        using var gone = new CancellationTokenSource();
        var handler = new GraphQLHttpHandler(new GraphQLExecutor(CountingSchema.Create()), new GraphQLHttpOptions { KeepAlive = TimeSpan.FromMilliseconds(10) });
        using var answer = await handler.AnswerAsync(
            new HttpRequestParts { Method = "GET", QueryString = "?query=subscription{silent}", Accept = "text/event-stream" }, new GraphQLRequest(), gone.Token);
        var comments = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var part in answer.Events!)
            {
                Encoding.UTF8.GetString(part.Span).ShouldBe(":\n\n");
                if (++comments == 3) await gone.CancelAsync();
            }
        });
        comments.ShouldBe(3);
    }

    private static Task<(int Status, string Body, string? Allow)> PostAsync(string body, string accept) =>
        AnswerAsync(new HttpRequestParts { Method = "POST", ContentType = MediaTypes.Json, Accept = accept, Body = Encoding.UTF8.GetBytes(body) });

    private static async Task<(int Status, string Body, string? Allow)> AnswerAsync(HttpRequestParts parts)
    {
        using var answer = await Handler.AnswerAsync(parts, new GraphQLRequest());
        return (answer.Status, Encoding.UTF8.GetString(answer.Body.Span), answer.Allow);
    }
}
