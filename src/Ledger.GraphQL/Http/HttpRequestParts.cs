namespace Ledger.GraphQL.Http;

/// <summary>What GraphQL over HTTP wants to know of an HTTP request, whichever framework received it.</summary>
public readonly record struct HttpRequestParts
{
    /// <summary>The method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>The query string as it was sent, with or without its question mark.</summary>
    public string? QueryString { get; init; }

    /// <summary>The header <c>Content-Type</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The header <c>Accept</c>; several are joined by commas.</summary>
    public string? Accept { get; init; }

    /// <summary>The header <c>GraphQL-Cost</c>: <c>report</c> or <c>validate</c>.</summary>
    public string? Cost { get; init; }

    /// <summary>The header <c>X-GraphQL-Event-Stream-Token</c>.</summary>
    public string? EventStreamToken { get; init; }

    /// <summary>The body, decompressed; at most what the host reads.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
