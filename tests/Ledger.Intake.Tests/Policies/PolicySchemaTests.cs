using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Policies;
using Ledger.Intake.Policies;

namespace Ledger.Intake.Tests.Policies;

/// <summary>The schema and the reader accept the same members: neither promises what the other refuses.</summary>
public sealed class PolicySchemaTests
{
    private static readonly SchemaSubset Schema = new(JsonNode.Parse(PolicyFiles.Schema())!);

    public static TheoryData<string> Names => [.. PolicyFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_ready_policy_fits_the_schema(string name) => Schema.Validate(AsWritten(PolicyFiles.Ready(name))).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_normal_form_fits_the_schema(string name) => Schema.Validate(JsonNode.Parse(ReadyPolicyTests.Read(name).Json.Span)).ShouldBeEmpty();

    [Fact]
    public void At_every_place_the_reader_knows_exactly_the_members_of_the_schema()
    {
        var full = AsWritten(PolicyFiles.Full());
        Schema.Validate(full).ShouldBeEmpty();
        PolicyDocument.Read(PolicyFiles.Full()).ShouldBeOfType<PolicyReadResult.Read>();
        var visited = 0;
        Visit(Schema.Root, full);
        visited.ShouldBeGreaterThan(40);

        void Visit(JsonNode schema, JsonNode? value)
        {
            if (value is JsonArray items)
            {
                foreach (var item in items) Visit(schema["items"] ?? schema, item);
            }

            if (value is not JsonObject members) return;
            visited++;
            var here = Schema.ObjectSchema(schema, members);
            var inSchema = here["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal).ToList();
            members.Select(member => member.Key).Order(StringComparer.Ordinal).ToList().ShouldBe(inSchema, customMessage: $"the full policy shows every member at {members.GetPath()}");
            KnownTo(full, members).ShouldBe(inSchema, customMessage: members.GetPath());
            foreach (var (name, member) in members) Visit(here["properties"]![name]!, member);
        }
    }

    [Fact]
    public void The_schema_refuses_what_the_reader_refuses()
    {
        var full = AsWritten(PolicyFiles.Full());
        full["gates"]![0]!["critera"] = new JsonArray();
        Schema.Validate(full).ShouldContain(error => error.Contains("additionalProperties", StringComparison.Ordinal));
    }

    // The reader names the members that it knows when it meets one that it does not.
    private static List<string> KnownTo(JsonNode full, JsonObject place)
    {
        place["zzzzzzzzzz"] = 1;
        var refused = PolicyJson.Read(Encoding.UTF8.GetBytes(full.ToJsonString())).ShouldBeOfType<PolicyReading.Refused>();
        place.Remove("zzzzzzzzzz");
        var problem = refused.Problems.ShouldHaveSingleItem();
        problem.Code.ShouldBe(PolicyProblemCodes.UnknownMember);
        return [.. problem.Hint!.Split("known members: ")[1].Split(", ")];
    }

    private static JsonNode AsWritten(byte[] yaml) =>
        JsonNode.Parse(YamlSource.Read(Encoding.UTF8.GetString(yaml)).ShouldBeOfType<SourceReading.Readable>().Json.Span)!;
}
