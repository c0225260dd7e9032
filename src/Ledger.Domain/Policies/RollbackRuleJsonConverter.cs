using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain.Policies.Reading;

namespace Ledger.Domain.Policies;

/// <summary>
/// Writes a <see cref="RollbackRule"/> with its kind and reads it wherever the kind stands: canonical JSON sorts members, so it is not
/// the first one, which the serializer's own polymorphism would ask for.
/// </summary>
internal sealed class RollbackRuleJsonConverter : JsonConverter<RollbackRule>
{
    public override RollbackRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var problems = new List<PolicyProblem>();
        return RollbackReader.Rule(new JsonValue(document.RootElement, "$", problems)) ?? throw new JsonException(problems[0].Message);
    }

    public override void Write(Utf8JsonWriter writer, RollbackRule value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}
