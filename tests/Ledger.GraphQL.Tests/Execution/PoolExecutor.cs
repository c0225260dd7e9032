using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Executes over a pool of JSON objects that refer to one another by name: what <c>reference.js</c> does in JavaScript.</summary>
internal static class PoolExecutor
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public enum Resolution
    {
        AtOnce,
        Later,
        InBatches,
    }

    /// <summary>Stands for the pool's object <c>Query</c>.</summary>
    public static object RootValue { get; } = new JsonObject();

    public static GraphQLExecutor For(string sdl, JsonObject pool, Func<string, string, Resolution> choose, ExecutorOptions options)
    {
        var schema = SdlSchema.Read(sdl, new SdlOptions
        {
            Resolve = (type, field) => choose(type, field) switch
            {
                Resolution.AtOnce => Resolver.Of((source, context) => Thrown(ValueOf(source, field, context))),
                Resolution.Later => Resolver.OfAsync(async (source, context) =>
                {
                    await Task.Yield();
                    return Thrown(ValueOf(source, field, context));
                }),
                _ => new PoolBatch((source, context) => ValueOf(source, field, context)),
            },
            TypeNameOf = value => (value as JsonObject)?["__typename"]?.GetValue<string>(),
        });
        return new GraphQLExecutor(schema, options);

        object? ValueOf(object? source, string field, ResolverContext context) => field.StartsWith("echo", StringComparison.Ordinal)
            ? Sorted(context.Arguments.ToDictionary())!.ToJsonString(Relaxed)
            : Materialize((ReferenceEquals(source, RootValue) ? pool["Query"] : (JsonNode)source!)![field], pool);
    }

    private static object? Thrown(object? value) => value is FieldException exception ? throw exception : value;

    private static object? Materialize(JsonNode? value, JsonObject pool) => value switch
    {
        null => null,
        JsonArray items => items.Select(item => Materialize(item, pool)).ToList(),
        JsonObject { } it when it["$error"] is { } message => new FieldException((string)message!, "THROWN"),
        JsonObject { } it when it["$ref"] is { } name => pool[(string)name!],
        JsonValue leaf => leaf.GetValueKind() switch
        {
            JsonValueKind.String => (string)leaf!,
            JsonValueKind.Number => leaf.TryGetValue<int>(out var integer) ? integer : leaf.GetValue<double>(),
            _ => leaf.GetValue<bool>(),
        },
        _ => value,
    };

    private static JsonNode? Sorted(object? value) => value switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        IEnumerable<object?> items => new JsonArray([.. items.Select(Sorted)]),
        string text => JsonValue.Create(text),
        bool boolean => JsonValue.Create(boolean),
        _ => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
    };

    private sealed class PoolBatch(Func<object?, ResolverContext, object?> resolve) : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            await Task.Yield();
            return [.. sources.Select(source => resolve(source, context))];
        }
    }
}
