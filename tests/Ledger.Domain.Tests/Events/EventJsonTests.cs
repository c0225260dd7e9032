using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Events;
using Ledger.Testing;

namespace Ledger.Domain.Tests.Events;

public class EventJsonTests
{
    public static TheoryData<string> Types => [.. EventJson.Types];

    [Fact]
    public void There_is_an_example_of_every_event() =>
        Examples.Full.Select(example => example.Type).Order(StringComparer.Ordinal).ShouldBe(EventJson.Types);

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_is_written_as_it_was_verified_to(string type) =>
        Golden.ShouldMatch(EventText.Indented(Examples.Full.Single(example => example.Type == type)) + "\n", $"{type}.json");

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_reads_back_to_what_was_written(string type)
    {
        foreach (var example in Examples.Full.Concat(Examples.Least).Where(example => example.Type == type))
        {
            var bytes = EventText.Bytes(example);
            var read = EventJson.Read(type, bytes);
            read.GetType().ShouldBe(example.GetType());
            EventText.Bytes(read).ShouldBe(bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_event_without_one_of_its_properties_is_refused(string type)
    {
        var example = Examples.Least.Single(example => example.Type == type);
        foreach (var name in JsonNode.Parse(EventText.Bytes(example))!.AsObject().Select(property => property.Key).ToList())
        {
            var maimed = JsonNode.Parse(EventText.Bytes(example))!.AsObject();
            maimed.Remove(name);
            Should.Throw<JsonException>(() => EventJson.Read(type, Encoding.UTF8.GetBytes(maimed.ToJsonString())), $"{type} without {name}");
        }
    }

    [Theory]
    [InlineData("release_reopened", "{}")]
    [InlineData("Release_Opened", "{}")]
    [InlineData("", "{}")]
    [InlineData("release_closed", "null")]
    [InlineData("release_closed", "[]")]
    [InlineData("release_closed", "{")]
    [InlineData("release_closed", """{"outcome":"won","reason":"x"}""")]
    [InlineData("release_closed", """{"outcome":"failed","reason":null}""")]
    [InlineData("release_closed", """{"outcome":"failed","reason":1}""")]
    [InlineData("gate_waived", """{"gate":"load","owner":"o","reason":"r","control":"c","until":"tomorrow"}""")]
    public void An_unknown_name_or_other_data_is_refused_and_never_stepped_over(string type, string json) =>
        Should.Throw<JsonException>(() => EventJson.Read(type, Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_name_without_an_event_has_no_NET_type() => Should.Throw<KeyNotFoundException>(() => EventJson.DotNetType("release_reopened"));
}
