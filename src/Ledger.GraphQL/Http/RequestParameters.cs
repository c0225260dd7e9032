using System.Text.Json;
using Ledger.GraphQL.Execution;

namespace Ledger.GraphQL.Http;

/// <summary>
/// The parameters of a request, wherever they came from (GraphQL over HTTP, "Request Parameters"). Dispose it when the request is answered.
/// </summary>
internal sealed class RequestParameters : IDisposable
{
    private const string Sha256Prefix = "sha256:";

    public ReadOnlyMemory<byte> Document { get; set; }

    public string? OperationName { get; set; }

    public JsonDocument? Variables { get; set; }

    public JsonDocument? Extensions { get; set; }

    public string? DocumentId { get; set; }

    /// <summary>The operation's id where several share a connection (<c>extensions.operationId</c>).</summary>
    public string? OperationId => Extension("operationId") is { } id ? TextOf(id) : null;

    /// <summary>The request; null when a parameter is missing or makes no sense, and <paramref name="problem"/> says which.</summary>
    /// <param name="about">What the host knows of the request beside its parameters.</param>
    /// <param name="problem">For the client.</param>
    public GraphQLRequest? ToRequest(GraphQLRequest about, out string? problem)
    {
        var hash = FindHash(out problem);
        if (problem is null && Document.IsEmpty && hash is null) problem = "The parameter \"query\" is missing.";
        if (problem is not null) return null;
        return about with
        {
            Document = Document,
            DocumentId = hash,
            OperationName = OperationName,
            Variables = Variables?.RootElement ?? default,
        };
    }

    public void Dispose()
    {
        Variables?.Dispose();
        Extensions?.Dispose();
    }

    // A document is named by "documentId", or as Apollo's clients do by an extension.
    private DocumentHash? FindHash(out string? problem)
    {
        problem = null;
        string? text = null;
        if (DocumentId is { } id)
        {
            if (!id.StartsWith(Sha256Prefix, StringComparison.Ordinal)) problem = "The parameter \"documentId\" must begin with \"sha256:\".";
            else text = id[Sha256Prefix.Length..];
        }
        else if (Extension("persistedQuery") is { } persisted)
        {
            text = HashOf(persisted);
            if (text is null) problem = "The extension \"persistedQuery\" must have \"version\" 1 and \"sha256Hash\".";
        }

        if (text is null) return null;
        if (DocumentHash.TryParse(text, out var hash)) return hash;
        problem = "A hash must have 64 hexadecimal digits.";
        return null;
    }

    private static string? HashOf(JsonElement persisted) =>
        Find(persisted, "version") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt32(out var number) && number == 1
        && Find(persisted, "sha256Hash") is { } hash ? TextOf(hash) : null;

    private JsonElement? Extension(string name) => Extensions is null ? null : Find(Extensions.RootElement, name);

    private static JsonElement? Find(JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // A name with an escape of half a character, which is no text.
            return null;
        }
    }

    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
