using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Tests.Schemas;

/// <summary>A file of <c>schema/json</c>, held against the serialisers and against what they write.</summary>
internal sealed class SchemaFile
{
    // Written by converters of their own: what they are as JSON, their metadata does not tell.
    private static readonly Dictionary<Type, string> Converted = new()
    {
        [typeof(Digest)] = "string", [typeof(Quantity)] = "string", [typeof(DateTimeOffset)] = "string", [typeof(JsonElement)] = "any",
    };

    private SchemaFile(JsonObject root) => Root = root;

    public JsonObject Root { get; }

    private JsonObject Definitions => Root["$defs"]!.AsObject();

    public static SchemaFile Read(string name) => new(JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemas", name)))!.AsObject());

    public JsonNode Definition(string name) => Definitions[name].ShouldNotBeNull(name);

    /// <summary>The schema and the type name the same properties, of the same kinds, and require the same ones.</summary>
    public void ShouldAgreeWith(Type type, JsonNode schema) => Agree(schema, Info(type), type.Name);

    /// <summary>The value is what the schema describes.</summary>
    public void ShouldAccept(JsonNode? value, JsonNode schema) => Validate(schema, value, "$");

    /// <summary>No definition is there for nothing, and nothing is there without a word on what it is.</summary>
    public void ShouldBeDescribed()
    {
        var text = Root.ToJsonString();
        foreach (var (name, definition) in Definitions)
        {
            text.ShouldContain($"\"#/$defs/{name}\"");
            Described(definition!, name);
        }

        Described(Root, "$");
    }

    private void Described(JsonNode definition, string name)
    {
        definition["description"].ShouldNotBeNull(name);
        foreach (var (property, schema) in definition["properties"]?.AsObject() ?? [])
            (schema!["description"] ?? Resolve(schema)["description"]).ShouldNotBeNull($"{name}.{property}");
    }

    private JsonNode Resolve(JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? Definition(reference["#/$defs/".Length..]) : schema;

    private static JsonTypeInfo Info(Type type) => DomainJson.Default.GetTypeInfo(type).ShouldNotBeNull(type.Name);

    private void Agree(JsonNode schema, JsonTypeInfo info, string path)
    {
        schema = Resolve(schema);
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (Converted.TryGetValue(type, out var written))
        {
            (schema["type"]?.GetValue<string>() ?? "any").ShouldBe(written, path);
        }
        else if (type.IsEnum)
        {
            schema["enum"].ShouldNotBeNull(path).AsArray().Select(name => name!.GetValue<string>())
                .ShouldBe(Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => JsonSerializer.SerializeToElement(Enum.ToObject(type, value), type).GetString()!), ignoreOrder: true, path);
        }
        else if (info.Kind == JsonTypeInfoKind.Object)
        {
            schema["type"]!.GetValue<string>().ShouldBe("object", path);
            schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse(path);
            var properties = info.Properties.Where(property => property.Get is not null).ToList();
            var described = schema["properties"]!.AsObject();
            described.Select(property => property.Key).ShouldBe(properties.Select(property => property.Name), ignoreOrder: true, path);
            schema["required"]!.AsArray().Select(name => name!.GetValue<string>())
                .ShouldBe(properties.Where(property => property.IsRequired).Select(property => property.Name), ignoreOrder: true, path);
            foreach (var property in properties) Agree(described[property.Name]!, Info(property.PropertyType), $"{path}.{property.Name}");
        }
        else if (info.Kind == JsonTypeInfoKind.Enumerable)
        {
            schema["type"]!.GetValue<string>().ShouldBe("array", path);
            Agree(schema["items"]!, Info(info.ElementType!), $"{path}[]");
        }
        else
        {
            var expected = type == typeof(string) ? "string" : type == typeof(bool) ? "boolean" : type == typeof(double) ? "number" : "integer";
            schema["type"]!.GetValue<string>().ShouldBe(expected, path);
        }
    }

    // The few words of JSON Schema that the file uses; one that it does not know fails the test instead of passing the value.
    private void Validate(JsonNode schema, JsonNode? value, string path)
    {
        foreach (var (word, argument) in schema.AsObject())
        {
            switch (word)
            {
                case "description" or "title" or "$schema" or "$id" or "$defs": break;
                case "$ref": Validate(Resolve(schema), value, path); break;
                case "type": KindOf(value!, argument!.GetValue<string>()).ShouldBeTrue($"{path} is {argument}"); break;
                case "properties":
                    foreach (var (name, member) in value!.AsObject()) Validate(argument!.AsObject()[name].ShouldNotBeNull($"{path}.{name}"), member, $"{path}.{name}");
                    break;
                case "required": foreach (var name in argument!.AsArray()) value!.AsObject().ContainsKey(name!.GetValue<string>()).ShouldBeTrue($"{path}.{name}"); break;
                case "additionalProperties": argument!.GetValue<bool>().ShouldBeFalse(path); break;
                case "items": foreach (var item in value!.AsArray()) Validate(argument!, item, $"{path}[]"); break;
                case "enum": argument!.AsArray().Select(each => each!.GetValue<string>()).ShouldContain(value!.GetValue<string>(), path); break;
                case "pattern": Regex.IsMatch(value!.GetValue<string>(), argument!.GetValue<string>()).ShouldBeTrue($"{path}: {value}"); break;
                case "minLength": value!.GetValue<string>().Length.ShouldBeGreaterThanOrEqualTo(argument!.GetValue<int>(), path); break;
                case "maxLength": value!.GetValue<string>().Length.ShouldBeLessThanOrEqualTo(argument!.GetValue<int>(), path); break;
                case "minItems": value!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(argument!.GetValue<int>(), path); break;
                case "maxItems": value!.AsArray().Count.ShouldBeLessThanOrEqualTo(argument!.GetValue<int>(), path); break;
                case "minimum": value!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(argument!.GetValue<double>(), path); break;
                default: throw new NotSupportedException($"the schema says '{word}', which this test does not look at");
            }
        }
    }

    private static bool KindOf(JsonNode value, string type) => type switch
    {
        "integer" => value.GetValueKind() == JsonValueKind.Number && double.IsInteger(value.GetValue<double>()),
        _ => value.GetValueKind().ToString().Replace("True", "Boolean", StringComparison.Ordinal).Replace("False", "Boolean", StringComparison.Ordinal)
            .Equals(type, StringComparison.OrdinalIgnoreCase),
    };
}
