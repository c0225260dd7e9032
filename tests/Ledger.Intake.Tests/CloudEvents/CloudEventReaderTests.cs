using System.Text;
using Ledger.Intake.CloudEvents;

namespace Ledger.Intake.Tests.CloudEvents;

public class CloudEventReaderTests
{
    private const string Whole = """
        {"specversion":"1.0","id":"a-1","source":"/ci/runs","type":"com.example.built","subject":"app","time":"2026-03-02T08:15:00.1234567+01:00",
         "datacontenttype":"application/json","dataschema":"https://example.com/s","sequence":7,"final":true,"comexampleext":"x","nothing":null,"data":{"b": 1}}
        """;

    [Fact]
    public void A_structured_event_is_read_with_all_its_attributes()
    {
        var read = One(CloudEventReader.Structured, Whole);
        (read.Id, read.Source, read.Type, read.Subject).ShouldBe(("a-1", "/ci/runs", "com.example.built", "app"));
        read.Time.ShouldBe(new DateTimeOffset(2026, 3, 2, 7, 15, 0, TimeSpan.Zero).AddMicroseconds(123456));
        read.Extensions.ShouldBe(new Dictionary<string, string> { ["sequence"] = "7", ["final"] = "true", ["comexampleext"] = "x" }, ignoreOrder: true);
        Text(read).ShouldBe("""{"b": 1}""");
        read.HasJson.ShouldBeTrue();
    }

    [Fact]
    public void The_same_event_is_the_same_however_it_is_carried()
    {
        var structured = One(CloudEventReader.Structured, Whole);
        var batched = Read(CloudEventReader.Batch, $"[{Whole}]").ShouldHaveSingleItem();
        var binary = Events(CloudEventReader.Read(
            "application/json",
            Headers(("CE-SpecVersion", "1.0"), ("ce-id", "a-1"), ("ce-source", "/ci/runs"), ("ce-type", "com.example.built"), ("ce-subject", "app"), ("ce-time", "2026-03-02T08:15:00.1234567+01:00"),
                ("ce-dataschema", "https://example.com/s"), ("ce-sequence", "7"), ("ce-final", "true"), ("ce-comexampleext", "x"), ("authorization", "ignored")),
            """{"b": 1}"""u8.ToArray())).ShouldHaveSingleItem();

        Written(batched).ShouldBe(Written(structured));
        Written(binary).ShouldBe(Written(structured));
        Written(One(CloudEventReader.Structured, Written(structured))).ShouldBe(Written(structured));
    }

    [Theory]
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("100%25", "100%")]
    [InlineData("once%2520only", "once%20only")]
    [InlineData("\"quoted \\\" text\"", "quoted \" text")]
    [InlineData("  padded  ", "padded")]
    [InlineData("plain text, with spaces", "plain text, with spaces")]
    public void A_header_is_decoded_once(string header, string subject) => Binary(("ce-subject", header)).ShouldBe(subject);

    [Theory]
    [InlineData("100%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    [InlineData("%C3%28")]
    [InlineData("%ED%A0%80")]
    [InlineData("\"open")]
    [InlineData("\"a\" b")]
    [InlineData("€")]
    [InlineData("%00")]
    [InlineData("")]
    public void A_header_that_cannot_be_decoded_is_refused(string header) => Refusal(HeadersWith(("ce-subject", header))).ShouldBe(RefusalCodes.AttributeInvalid);

    [Theory]
    [InlineData("specversion")]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    public void What_every_event_has_may_not_be_missing(string attribute)
    {
        var pairs = new Dictionary<string, string> { ["specversion"] = "1.0", ["id"] = "1", ["source"] = "/s", ["type"] = "t" };
        pairs.Remove(attribute);
        Refusal(CloudEventReader.Structured, "{" + string.Join(',', pairs.Select(pair => $"\"{pair.Key}\":\"{pair.Value}\"")) + "}").ShouldBe(RefusalCodes.AttributeMissing);
        Refusal(CloudEventReader.Read(null, pairs.Select(pair => KeyValuePair.Create("ce-" + pair.Key, pair.Value)), default)).ShouldBe(RefusalCodes.AttributeMissing);
    }

    [Theory]
    [InlineData("\"id\":\"\"")]
    [InlineData("\"id\":null", RefusalCodes.AttributeMissing)]
    [InlineData("\"id\":1.5")]
    [InlineData("\"id\":{}")]
    [InlineData("\"id\":\"\\u0007\"")]
    [InlineData("\"id\":\"\\uffff\"")]
    [InlineData("\"source\":\"a b\"")]
    [InlineData("\"source\":\"%2\"")]
    [InlineData("\"specversion\":\"0.3\"", RefusalCodes.EventUnsupported)]
    [InlineData("\"time\":\"yesterday\"")]
    [InlineData("\"time\":\"2026-02-30T00:00:00Z\"")]
    [InlineData("\"time\":\"2026-02-03T00:00:00\"")]
    [InlineData("\"subject\":\"\"")]
    [InlineData("\"dataschema\":\"relative\"")]
    [InlineData("\"datacontenttype\":\"json\"")]
    [InlineData("\"my_ext\":\"x\"")]
    [InlineData("\"MyExt\":\"x\"")]
    [InlineData("\"big\":3000000000")]
    public void An_attribute_that_may_not_be_is_refused(string member, string code = RefusalCodes.AttributeInvalid)
    {
        var name = member[1..member.IndexOf('"', 1)];
        var others = new[] { "\"specversion\":\"1.0\"", "\"id\":\"1\"", "\"source\":\"/s\"", "\"type\":\"t\"" }.Where(other => !other.StartsWith($"\"{name}\"", StringComparison.Ordinal));
        Refusal(CloudEventReader.Structured, $"{{{string.Join(',', others.Append(member))}}}").ShouldBe(code);
    }

    [Theory]
    [InlineData("\"data\":\"text\"", "\"text\"")]
    [InlineData("\"data\":17", "17")]
    [InlineData("\"data\":null", null)]
    [InlineData("\"datacontenttype\":\"text/plain\",\"data\":\"text\"", "text")]
    [InlineData("\"datacontenttype\":\"application/vnd.x+json; charset=utf-8\",\"data\":[1]", "[1]")]
    [InlineData("\"datacontenttype\":\"text/plain\",\"data_base64\":\"dGV4dA==\"", "text")]
    [InlineData("\"data_base64\":\"e30=\"", "{}")]
    [InlineData("\"data_base64\":null", null)]
    public void Data_is_what_its_media_type_says(string members, string? data) => Text(One(CloudEventReader.Structured, Minimal(members))).ShouldBe(data);

    [Theory]
    [InlineData("\"data\":1,\"data_base64\":\"AA==\"")]
    [InlineData("\"data_base64\":\"A\"")]
    [InlineData("\"data_base64\":\"AA ==\"")]
    [InlineData("\"data_base64\":7")]
    [InlineData("\"data_base64\":\"AAAA\"")]
    [InlineData("\"datacontenttype\":\"text/plain\",\"data\":{}")]
    [InlineData("\"id\":\"2\"")]
    public void Data_that_is_not_is_refused(string members) => Refusal(CloudEventReader.Structured, Minimal(members)).ShouldBe(RefusalCodes.EventMalformed);

    [Fact]
    public void Binary_data_that_should_be_JSON_is_refused_when_it_is_not()
    {
        Refusal(CloudEventReader.Read("application/json", HeadersWith(), "{"u8.ToArray())).ShouldBe(RefusalCodes.EventMalformed);
        Refusal(CloudEventReader.Read(null, HeadersWith(), "{\"a\":1,\"a\":2}"u8.ToArray())).ShouldBe(RefusalCodes.EventMalformed);
        Events(CloudEventReader.Read("text/plain", HeadersWith(), "{"u8.ToArray())).Single().HasJson.ShouldBeFalse();
    }

    [Fact]
    public void A_message_that_carries_no_event_is_refused()
    {
        Refusal("application/json", "{}").ShouldBe(RefusalCodes.EventMalformed);
        Refusal(CloudEventReader.Structured, "[]").ShouldBe(RefusalCodes.EventMalformed);
        Refusal(CloudEventReader.Batch, "{}").ShouldBe(RefusalCodes.EventMalformed);
        Refusal("application/cloudevents+xml", "<event/>").ShouldBe(RefusalCodes.EventUnsupported);
        Refusal("application/cloudevents", "{}").ShouldBe(RefusalCodes.EventUnsupported);
        Refusal(CloudEventReader.Read("application/json", HeadersWith(("ce-datacontenttype", "application/json")), "{}"u8.ToArray())).ShouldBe(RefusalCodes.AttributeInvalid);
    }

    [Fact]
    public void A_batch_is_read_whole_or_not_at_all()
    {
        Read(CloudEventReader.Batch, "[]").ShouldBeEmpty();
        Read("application/cloudevents-batch+json; charset=utf-8", $"[{Minimal()},{Minimal()}]").Count.ShouldBe(2);
        var refused = CloudEventReader.Read(CloudEventReader.Batch, [], Encoding.UTF8.GetBytes($"[{Minimal()},{{}}]")).ShouldBeOfType<IntakeResult<IReadOnlyList<CloudEvent>>.Refused>();
        refused.Message.ShouldStartWith("event 1 of the batch");
        Refusal(CloudEventReader.Batch, $"[{string.Join(',', Enumerable.Repeat(Minimal(), CloudEventLimits.MaxBatchEvents + 1))}]").ShouldBe(RefusalCodes.EventTooLarge);
    }

    [Fact]
    public void An_event_of_ten_megabytes_is_refused_before_it_is_parsed()
    {
        var body = new byte[10 * 1024 * 1024];
        Refusal(CloudEventReader.Read(CloudEventReader.Structured, [], body)).ShouldBe(RefusalCodes.EventTooLarge);
        Refusal(CloudEventReader.Read(CloudEventReader.Batch, [], body)).ShouldBe(RefusalCodes.EventTooLarge);
        Refusal(CloudEventReader.Read("text/plain", HeadersWith(), body)).ShouldBe(RefusalCodes.EventTooLarge);
        Events(CloudEventReader.Read("text/plain", HeadersWith(), body.AsMemory(0, CloudEventLimits.MaxEventBytes))).Count.ShouldBe(1);
        Refusal(CloudEventReader.Read("text/plain", HeadersWith(), body.AsMemory(0, CloudEventLimits.MaxEventBytes + 1))).ShouldBe(RefusalCodes.EventTooLarge);
    }

    [Fact]
    public void Depth_and_names_and_lengths_are_bounded()
    {
        Refusal(CloudEventReader.Structured, Minimal($"\"data\":{new string('[', 1_000_000)}")).ShouldBe(RefusalCodes.EventMalformed);
        Refusal(CloudEventReader.Structured, Minimal($"\"x\":\"{new string('a', CloudEventLimits.MaxAttributeLength + 1)}\"")).ShouldBe(RefusalCodes.AttributeInvalid);
        Refusal(CloudEventReader.Structured, Minimal($"\"{new string('a', CloudEventLimits.MaxNameLength + 1)}\":\"\"")).ShouldBe(RefusalCodes.AttributeInvalid);
        Refusal(CloudEventReader.Structured, Minimal(string.Join(',', Enumerable.Range(0, CloudEventLimits.MaxExtensions + 1).Select(i => $"\"x{i}\":true")))).ShouldBe(RefusalCodes.AttributeInvalid);
    }

    [Fact]
    public void What_is_kept_holds_no_secret_and_no_person()
    {
        var read = One(CloudEventReader.Structured, Minimal("\"subject\":\"jane.roe@example.com\",\"data\":{\"password\":\"tr0ub4dor\",\"note\":\"call jane.roe@example.com\"}"));
        var (json, redactions) = CloudEventJson.Redact(read);
        var kept = Encoding.UTF8.GetString(json.Span);
        kept.ShouldNotContain("jane.roe");
        kept.ShouldNotContain("tr0ub4dor");
        redactions.ShouldBe(3);
    }

    [Fact]
    public void Data_that_nothing_can_be_taken_out_of_is_not_kept()
    {
        var read = One(CloudEventReader.Structured, Minimal("\"datacontenttype\":\"text/plain\",\"data\":\"jane.roe@example.com\""));
        Encoding.UTF8.GetString(CloudEventJson.Redact(read).Json.Span).ShouldBe("""{"specversion":"1.0","id":"1","source":"/s","type":"t","datacontenttype":"text/plain"}""");
    }

    private static string Minimal(string more = "") => $$"""{"specversion":"1.0","id":"1","source":"/s","type":"t"{{(more.Length == 0 ? "" : ",")}}{{more}}}""";

    private static KeyValuePair<string, string>[] Headers(params (string Name, string Value)[] headers) => [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))];

    private static KeyValuePair<string, string>[] HeadersWith(params (string Name, string Value)[] more) =>
        [.. Headers(("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/s"), ("ce-type", "t")), .. Headers(more)];

    private static string? Binary((string Name, string Value) header) => Events(CloudEventReader.Read(null, HeadersWith(header), default)).Single().Subject;

    private static CloudEvent One(string contentType, string body) => Read(contentType, body).ShouldHaveSingleItem();

    private static IReadOnlyList<CloudEvent> Read(string contentType, string body) => Events(CloudEventReader.Read(contentType, [], Encoding.UTF8.GetBytes(body)));

    private static IReadOnlyList<CloudEvent> Events(IntakeResult<IReadOnlyList<CloudEvent>> result) => result.ShouldBeOfType<IntakeResult<IReadOnlyList<CloudEvent>>.Read>().Value;

    private static string Refusal(string contentType, string body) => Refusal(CloudEventReader.Read(contentType, [], Encoding.UTF8.GetBytes(body)));

    private static string Refusal(KeyValuePair<string, string>[] headers) => Refusal(CloudEventReader.Read(null, headers, default));

    private static string Refusal(IntakeResult<IReadOnlyList<CloudEvent>> result) => result.ShouldBeOfType<IntakeResult<IReadOnlyList<CloudEvent>>.Refused>().Code;

    private static string? Text(CloudEvent read) => read.Data is { } data ? Encoding.UTF8.GetString(data.Span) : null;

    private static string Written(CloudEvent read) => Encoding.UTF8.GetString(CloudEventJson.Write(read).Span);
}
