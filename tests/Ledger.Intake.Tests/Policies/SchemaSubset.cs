using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ledger.Intake.Tests.Policies;

/// <summary>As much of JSON Schema 2020-12 as the policy schema uses; a keyword it does not know fails the test that meets it.</summary>
internal sealed class SchemaSubset(JsonNode root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "default"];

    internal IReadOnlyList<string> Validate(JsonNode? value)
    {
        var errors = new List<string>();
        Validate(root, value, "$", errors);
        return errors;
    }

    /// <summary>The schema of objects that a value is held against, references and alternatives resolved.</summary>
    internal JsonObject ObjectSchema(JsonNode schema, JsonObject value)
    {
        if (schema["$ref"] is { } reference) return ObjectSchema(Resolve(reference), value);
        if ((schema["oneOf"] ?? (schema["properties"] is null ? schema["anyOf"] : null)) is not JsonArray alternatives) return schema.AsObject();
        return ObjectSchema(alternatives.Single(alternative => Holds(alternative!, value))!, value);
    }

    internal JsonNode Root => root;

    private void Validate(JsonNode schema, JsonNode? value, string path, List<string> errors)
    {
        foreach (var (keyword, operand) in schema.AsObject())
        {
            var holds = keyword switch
            {
                _ when Annotations.Contains(keyword) => true,
                "$ref" => Nested(Resolve(operand!), value, path, errors),
                "type" => operand is JsonArray types ? types.Any(type => HasType(value, (string)type!)) : HasType(value, (string)operand!),
                "enum" => operand!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
                "const" => JsonNode.DeepEquals(operand, value),
                "anyOf" => operand!.AsArray().Any(alternative => Holds(alternative!, value)),
                "oneOf" => operand!.AsArray().Count(alternative => Holds(alternative!, value)) == 1,
                "properties" => operand!.AsObject().Where(property => Member(value, property.Key) is not null)
                    .All(property => Nested(property.Value!, Member(value, property.Key), $"{path}.{property.Key}", errors)),
                "required" => value is not JsonObject members || operand!.AsArray().All(name => members.ContainsKey((string)name!)),
                "additionalProperties" => value is not JsonObject given || given.All(member => schema["properties"]!.AsObject().ContainsKey(member.Key)),
                "items" => value is not JsonArray items || items.Select((item, i) => Nested(operand!, item, $"{path}[{i}]", errors)).All(ok => ok),
                "minItems" => value is not JsonArray few || few.Count >= (int)operand!,
                "maxItems" => value is not JsonArray many || many.Count <= (int)operand!,
                "minLength" => !HasType(value, "string") || ((string)value!).Length >= (int)operand!,
                "maxLength" => !HasType(value, "string") || ((string)value!).Length <= (int)operand!,
                "pattern" => !HasType(value, "string") || Regex.IsMatch((string)value!, (string)operand!),
                "minimum" => !HasType(value, "number") || value!.GetValue<decimal>() >= operand!.GetValue<decimal>(),
                "exclusiveMinimum" => !HasType(value, "number") || value!.GetValue<decimal>() > operand!.GetValue<decimal>(),
                _ => throw new NotSupportedException(keyword),
            };
            if (!holds) errors.Add($"{path}: {keyword}");
        }
    }

    private bool Nested(JsonNode schema, JsonNode? value, string path, List<string> errors)
    {
        var before = errors.Count;
        Validate(schema, value, path, errors);
        return errors.Count == before;
    }

    private bool Holds(JsonNode schema, JsonNode? value)
    {
        var errors = new List<string>();
        Validate(schema, value, "$", errors);
        return errors.Count == 0;
    }

    private JsonNode Resolve(JsonNode reference) => root["$defs"]![((string)reference!)["#/$defs/".Length..]]!;

    private static JsonNode? Member(JsonNode? value, string name) => value is JsonObject members ? members[name] : null;

    private static bool HasType(JsonNode? value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.IsInteger(value.GetValue<decimal>()),
        _ => throw new NotSupportedException(type),
    };
}
