namespace Ledger.GraphQL.Http;

/// <summary>The media types of GraphQL over HTTP.</summary>
public static class MediaTypes
{
    /// <summary>A response whose status tells whether it was executed.</summary>
    public const string GraphQLResponse = "application/graphql-response+json";

    /// <summary>A request; or a response for clients that know nothing better.</summary>
    public const string Json = "application/json";

    /// <summary>Responses that come one after another.</summary>
    public const string EventStream = "text/event-stream";

    /// <summary>Whether a header names a media type in UTF-8, which is also what it is in where it does not say.</summary>
    public static bool Is(string? header, string mediaType)
    {
        if (header == mediaType) return true;
        if (header is null) return false;
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        return parts[0].Equals(mediaType, StringComparison.OrdinalIgnoreCase) && parts.Skip(1).All(IsUtf8OrNoCharset);
    }

    internal static bool IsUtf8OrNoCharset(string parameter)
    {
        const string name = "charset=";
        return !parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            || parameter[name.Length..].Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8";
    }
}
