using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ledger.Server.OpenApi;

/// <summary>The API's description at <c>/openapi/v1.json</c>: made from the endpoints themselves, so it cannot say something else than they do.</summary>
internal static class OpenApiDescription
{
    private const string Scheme = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Ledger",
                Version = "v1",
                Description = "A tamper-evident audit log of releases: every gate result and every signature is appended, sealed and provable.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of this ledger: ldg_…" },
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (Names(context.JsonTypeInfo) is { } names) schema.Enum = names;
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<Access>().Any(access => !access.IsPublic))
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            if (metadata.OfType<Appending>().FirstOrDefault() is { } appending)
            {
                operation.Parameters ??= [];
                if (appending.TakesKey) operation.Parameters.Add(IdempotencyKey());
                operation.Parameters.Add(Receipt());
            }

            return Task.CompletedTask;
        });
    }

    // A converter of our own tells the description nothing: the names are what it writes.
    private static List<JsonNode>? Names(JsonTypeInfo type)
    {
        var nullable = Nullable.GetUnderlyingType(type.Type);
        if ((nullable ?? type.Type) is not { IsEnum: true } enumeration) return null;
        var names = Enum.GetValuesAsUnderlyingType(enumeration).Cast<object>().Select(value => JsonSerializer.SerializeToNode(Enum.ToObject(enumeration, value), type)!).ToList();
        if (nullable is not null) names.Add(JsonNullSentinel.JsonNull);
        return names;
    }

    private static OpenApiParameter Receipt() => new()
    {
        Name = ReceiptParameter.Name,
        In = ParameterLocation.Query,
        Description = $"'{ReceiptParameter.TlogProof}': the receipt carries the proof that its event is in the tree of its own checkpoint (c2sp.org/tlog-proof@v1).",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = IdempotencyHeader.Name,
        In = ParameterLocation.Header,
        Description = "1 to 200 visible ASCII characters. A repetition with the same key and content is answered with the first receipt and Idempotency-Replayed: true; with other content, 409.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
