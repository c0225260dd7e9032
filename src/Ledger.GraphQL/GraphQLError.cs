using System.Collections.Immutable;
using Ledger.GraphQL.Language;

namespace Ledger.GraphQL;

/// <summary>One entry of a response's <c>errors</c> (September 2025, §7.1.2): what is wrong, and where.</summary>
/// <param name="Message">For the developer of the client; names no type, file or line of the server.</param>
/// <param name="Code">Goes out as <c>extensions.code</c>: stable, one of <see cref="ErrorCodes"/> or the host's own.</param>
/// <param name="Locations">Where in the document, in the order of importance; empty when no place in it is to blame.</param>
public sealed record GraphQLError(string Message, string Code, ImmutableArray<SourceLocation> Locations)
{
    /// <summary>
    /// The response position of a field error: response names (<see cref="string"/>) and list indices (<see cref="int"/>) from the root.
    /// Null for an error of the request as a whole.
    /// </summary>
    public ImmutableArray<object>? Path { get; init; }

    /// <summary>Goes out as <c>extensions.correlationId</c>: what the host's log knows a failure by; null when the message says all there is.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>An error of the request at one place of its document.</summary>
    public static GraphQLError At(string message, string code, SourceLocation location) => new(message, code, [location]);

    /// <summary>The message with its locations, for people and test output.</summary>
    public override string ToString() => Locations.IsEmpty ? Message : $"{Message} ({string.Join(", ", Locations)})";
}
