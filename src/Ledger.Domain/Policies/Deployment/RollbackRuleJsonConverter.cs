using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;
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

    // By hand, so that it works under any serializer, those made at compile time included.
    public override void Write(Utf8JsonWriter writer, RollbackRule value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", value.Kind);
        writer.WriteString("name", value.Name);
        writer.WriteString("title", value.Title);
        switch (value)
        {
            case RollbackRule.Sustained sustained:
                writer.WriteString("metric", sustained.Metric);
                writer.WriteString("comparator", sustained.Comparator.Symbol());
                writer.WriteString("threshold", sustained.Threshold.Text);
                writer.WriteString("for", sustained.For.Text);
                break;
            case RollbackRule.FailuresInARow inARow:
                writer.WriteNumber("consecutiveFailures", inARow.ConsecutiveFailures);
                if (inARow.Analysis is { } analysis) writer.WriteString("analysis", analysis);
                break;
            case RollbackRule.Occurrences occurrences:
                writer.WriteString("metric", occurrences.Metric);
                writer.WriteNumber("moreThan", occurrences.MoreThan);
                writer.WriteString("within", occurrences.Within.Text);
                break;
            case RollbackRule.AboveBaseline aboveBaseline:
                writer.WriteString("metric", aboveBaseline.Metric);
                writer.WriteNumber("timesBaseline", aboveBaseline.TimesBaseline);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        writer.WriteEndObject();
    }
}
