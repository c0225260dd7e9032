using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Events;

/// <summary>What the reader takes, it reads as the serialiser does; what the serialiser refuses, it does not take.</summary>
public class GateReportedReaderTests
{
    private static readonly ReleaseEvent.GateReported[] Reports =
        [.. Examples.Full.Concat(Examples.Least).OfType<ReleaseEvent.GateReported>()];

    private static readonly string[] Values =
        ["null", "true", "0", "-1", "1.5", "99999999999999999999", "\"\"", "\"passed\"", "\"Passed\"", "\"ms\"", "\"<\"", "\"\\u003c\"", "\"\\ud800\"", "[]", "[1]", "{}", "{\"size\":1}", "[{}]", "[null]"];

    // As canonical JSON and PostgreSQL write texts: only what has to be escaped is.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void What_the_ledger_writes_is_taken()
    {
        foreach (var report in Reports) EventText.Bytes(GateReportedReader.TryRead(Bytes(report)).ShouldNotBeNull()).ShouldBe(EventText.Bytes(report));
    }

    [Fact]
    public void Every_value_replaced_by_every_other_is_read_as_the_serialiser_reads_it()
    {
        var texts = new HashSet<string>(Reports.SelectMany(report => Variants(JsonNode.Parse(Bytes(report))!)));
        texts.Count.ShouldBeGreaterThan(500);

        texts.Count(ReadsAlike).ShouldBeInRange(50, texts.Count / 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("{")]
    public void What_is_no_event_is_not_taken(string text) => ReadsAlike(text).ShouldBeFalse();

    [Fact]
    public void Bytes_cut_off_or_not_UTF_8_are_not_taken()
    {
        foreach (var report in Reports)
        {
            var bytes = Bytes(report);
            for (var length = 0; length < bytes.Length; length++) GateReportedReader.TryRead(bytes.AsSpan(0, length)).ShouldBeNull();
            GateReportedReader.TryRead([.. bytes, (byte)'}']).ShouldBeNull();
        }

        var broken = Bytes(Reports[0]);
        broken[broken.AsSpan().IndexOf("k6"u8)] = 0xFF;
        GateReportedReader.TryRead(broken).ShouldBeNull();
    }

    private static bool ReadsAlike(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (GateReportedReader.TryRead(bytes) is not { } taken) return false;
        var read = Should.NotThrow(() => JsonSerializer.Deserialize(bytes, DomainJson.Default.GateReported), text);
        EventText.Bytes(taken).ShouldBe(EventText.Bytes(read!), text);
        return true;
    }

    private static byte[] Bytes(ReleaseEvent.GateReported report) => Encoding.UTF8.GetBytes(JsonNode.Parse(EventText.Bytes(report))!.ToJsonString(Plain));

    // Each value in turn replaced by each other kind of value, dropped, renamed, and there a second time.
    private static IEnumerable<string> Variants(JsonNode whole)
    {
        var text = whole.ToJsonString(Plain);
        foreach (var path in Paths(whole).ToList())
        {
            foreach (var value in Values) yield return Changed(text, path, (parent, key) => Set(parent, key, value.Contains("ud800", StringComparison.Ordinal) ? "\"MARK\"" : value)).Replace("\"MARK\"", value, StringComparison.Ordinal);
            if (path[^1] is not string) continue;
            yield return Changed(text, path, (parent, key) => parent.AsObject().Remove((string)key));
            yield return Changed(text, path, (parent, key) => Set(parent, $"{key}x", "1"));
            yield return Changed(text, path, (parent, key) => Set(parent, $"{key}\u0001", "1")).Replace($"{path[^1]}\\u0001\":1", $"{path[^1]}\":{Find(whole, path)!.ToJsonString(Plain)}", StringComparison.Ordinal);
        }
    }

    private static string Changed(string text, object[] path, Action<JsonNode, object> change)
    {
        var copy = JsonNode.Parse(text)!;
        change(Find(copy, path[..^1])!, path[^1]);
        return copy.ToJsonString(Plain);
    }

    private static void Set(JsonNode parent, object key, string value)
    {
        if (key is int index) parent[index] = JsonNode.Parse(value);
        else parent[(string)key] = JsonNode.Parse(value);
    }

    private static JsonNode? Find(JsonNode node, object[] path) => path.Aggregate((JsonNode?)node, (at, key) => key is int index ? at![index] : at![(string)key]);

    private static IEnumerable<object[]> Paths(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Below(member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, index) => Below(index, item)),
        _ => [],
    };

    private static IEnumerable<object[]> Below(object key, JsonNode? node) => node is null ? [[key]] : Paths(node).Select(path => (object[])[key, .. path]).Prepend([key]);
}
