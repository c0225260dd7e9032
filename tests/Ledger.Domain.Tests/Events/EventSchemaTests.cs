using System.Text.Json.Nodes;
using Ledger.Domain.Events;
using Ledger.Domain.Tests.Schemas;

namespace Ledger.Domain.Tests.Events;

/// <summary>Holds <c>schema/json/events.schema.json</c> against the serialisers that write the events, type by type.</summary>
public class EventSchemaTests
{
    private static readonly SchemaFile Schema = SchemaFile.Read("events.schema.json");

    public static TheoryData<string> Types => [.. EventJson.Types];

    [Fact]
    public void It_describes_every_event_and_no_other()
    {
        var named = Schema.Root["anyOf"]!.AsArray().Select(each => each!["$ref"]!.GetValue<string>()).ToList();
        named.Order(StringComparer.Ordinal).ShouldBe(EventJson.Types.Select(type => $"#/$defs/{type}"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void It_agrees_with_what_is_written_on_every_property_and_on_which_are_required(string type) =>
        Schema.ShouldAgreeWith(Type.GetType(EventJson.DotNetType(type), throwOnError: true)!, Schema.Definition(type));

    [Theory]
    [MemberData(nameof(Types))]
    public void The_examples_are_valid(string type)
    {
        foreach (var example in Examples.Full.Concat(Examples.Least).Where(example => example.Type == type))
            Schema.ShouldAccept(JsonNode.Parse(EventText.Bytes(example)), Schema.Definition(type));
    }

    [Fact]
    public void Every_definition_is_used_and_every_property_is_described() => Schema.ShouldBeDescribed();
}
