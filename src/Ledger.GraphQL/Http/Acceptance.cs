using System.Globalization;

namespace Ledger.GraphQL.Http;

/// <summary>What a client can read (RFC 9110, §12.5.1).</summary>
/// <param name="MediaType">For one response; null when it can read none.</param>
/// <param name="EventStream">Whether it can read responses that come one after another.</param>
public readonly record struct Acceptance(string? MediaType, bool EventStream)
{
    /// <summary>Reads a header <c>Accept</c>. Who says nothing, or that anything will do, gets plain JSON as ever.</summary>
    public static Acceptance Of(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept)) return new Acceptance(MediaTypes.Json, false);
        // What most clients send.
        if (accept is MediaTypes.Json or "*/*") return new Acceptance(MediaTypes.Json, false);
        if (accept == MediaTypes.GraphQLResponse) return new Acceptance(MediaTypes.GraphQLResponse, false);
        var (response, json, events) = (0.0, 0.0, 0.0);
        foreach (var range in accept.Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var quality = parts.Skip(1).All(MediaTypes.IsUtf8OrNoCharset) ? QualityOf(parts) : 0;
            switch (parts[0].ToLowerInvariant())
            {
                case MediaTypes.GraphQLResponse: response = Math.Max(response, quality); break;
                case MediaTypes.Json or "application/*" or "*/*": json = Math.Max(json, quality); break;
                case MediaTypes.EventStream or "text/*": events = Math.Max(events, quality); break;
            }
        }

        var mediaType = (response, json) switch
        {
            (0, 0) => null,
            _ => response >= json ? MediaTypes.GraphQLResponse : MediaTypes.Json,
        };
        return new Acceptance(mediaType, events > 0);
    }

    private static double QualityOf(string[] parts)
    {
        foreach (var part in parts.Skip(1))
        {
            if (part.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
                return double.TryParse(part.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) ? quality : 0;
        }

        return 1;
    }
}
