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
        var (response, json, events) = (Preference.None, Preference.None, Preference.None);
        foreach (var range in accept.Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var quality = parts.Skip(1).All(MediaTypes.IsUtf8OrNoCharset) ? QualityOf(parts) : 0;
            var name = parts[0].ToLowerInvariant();
            response = response.With(name, MediaTypes.GraphQLResponse, quality);
            json = json.With(name, MediaTypes.Json, quality);
            // Who takes anything expects one answer.
            if (name != "*/*") events = events.With(name, MediaTypes.EventStream, quality);
        }

        return new Acceptance(Choose(response, json), events.Quality > 0);
    }

    // A client that does not name the newer type may not know it.
    private static string? Choose(in Preference response, in Preference json)
    {
        if (response.Quality == 0 && json.Quality == 0) return null;
        return json.Quality == 0 || (response.IsNamed && response.Quality >= json.Quality) ? MediaTypes.GraphQLResponse : MediaTypes.Json;
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

    /// <summary>How welcome a media type is: of the ranges that it is in, the most precise counts.</summary>
    private readonly record struct Preference(int Precision, double Quality)
    {
        private const int Named = 3;

        public static Preference None => default;

        public bool IsNamed => Precision == Named;

        public Preference With(string range, string mediaType, double quality)
        {
            var precision = range == mediaType ? Named
                : range == $"{mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)]}/*" ? 2
                : range == "*/*" ? 1
                : 0;
            if (precision == 0 || precision < Precision) return this;
            return new Preference(precision, precision == Precision ? Math.Max(quality, Quality) : quality);
        }
    }
}
