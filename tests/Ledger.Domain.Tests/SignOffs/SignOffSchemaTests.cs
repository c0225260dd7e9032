using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Schemas;
using Ledger.Testing;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>The predicate of a sign-off is a format of its own: other people's tools write it and read it.</summary>
public class SignOffSchemaTests
{
    private static readonly SchemaFile Schema = SchemaFile.Read("sign-off.schema.json");

    private static readonly SignOffPredicate First = Chain.Ready().Statement("ada").Predicate;

    private static readonly SignOffPredicate Second = Chain.Ready().Sign("ada").Statement("ben").Predicate;

    [Fact]
    public void It_agrees_with_the_predicate_on_every_property_and_on_which_are_required() => Schema.ShouldAgreeWith(typeof(SignOffPredicate), Schema.Root);

    [Fact]
    public void It_names_the_predicates_type() => Schema.Root["description"]!.GetValue<string>().ShouldContain(SignOffPredicate.Type);

    [Fact]
    public void Every_definition_is_used_and_every_property_is_described() => Schema.ShouldBeDescribed();

    [Fact]
    public void The_first_sign_off_names_no_previous_one_and_the_second_does()
    {
        Schema.ShouldAccept(Json(First), Schema.Root);
        Schema.ShouldAccept(Json(Second), Schema.Root);
        Json(First).ContainsKey("previous").ShouldBeFalse();
        Json(Second).ContainsKey("previous").ShouldBeTrue();
    }

    [Fact]
    public void A_predicate_is_written_as_it_was_verified_to() =>
        Golden.ShouldMatch(Json(Second).ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n", "SignOff.json");

    [Fact]
    public void It_reads_back_to_what_was_written() => SignOffPredicate.Read(Bytes(Json(Second))).ShouldBe(Second);

    [Fact]
    public void A_predicate_without_one_of_its_properties_is_refused()
    {
        foreach (var name in Json(First).Select(property => property.Key).ToList())
        {
            var maimed = Json(First);
            maimed.Remove(name);
            Should.Throw<JsonException>(() => SignOffPredicate.Read(Bytes(maimed)), $"without {name}");
        }
    }

    [Theory]
    [InlineData("decision", "0")]
    [InlineData("decision", "\"Approve\"")]
    [InlineData("decision", "\" approve\"")]
    [InlineData("decision", "\"reject, approve\"")]
    [InlineData("goNoGo", """{"verdict":1,"at":"2026-01-31T12:00:00Z","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}""")]
    [InlineData("decision", "null")]
    [InlineData("signer", "\"ada\"")]
    [InlineData("signer", "null")]
    [InlineData("stream", """{"version":"9","head":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}""")]
    [InlineData("stream", """{"version":9,"head":"sha256:00"}""")]
    [InlineData("time", "\"2026-01-31T12:00:00\"")]
    [InlineData("time", "0")]
    [InlineData("expires", "true")]
    public void A_predicate_that_says_something_else_is_refused(string name, string value)
    {
        var other = Json(First);
        other[name] = JsonNode.Parse(value);
        Should.Throw<JsonException>(() => SignOffPredicate.Read(Bytes(other)));
    }

    private static JsonObject Json(SignOffPredicate predicate) => JsonSerializer.SerializeToNode(predicate, DomainJson.Default.SignOffPredicate)!.AsObject();

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
