using System.Collections.Immutable;
using Ledger.GraphQL.Execution;

namespace Ledger.GraphQL.Http;

/// <summary>What to answer an HTTP request with, whichever framework sends it. Dispose it when it was sent.</summary>
public sealed class HttpAnswer : IDisposable
{
    private readonly ExecutionResult? _result;

    internal HttpAnswer(int status, string? contentType, ExecutionResult? result = null) => (Status, ContentType, _result) = (status, contentType, result);

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>The header <c>Content-Type</c>; null when there is no body.</summary>
    public string? ContentType { get; }

    /// <summary>The header <c>Allow</c>, which belongs to status 405; null otherwise.</summary>
    public string? Allow { get; init; }

    /// <summary>The body where it is there at once; valid until the answer is disposed. Empty where <see cref="Events"/> is the body.</summary>
    public ReadOnlyMemory<byte> Body => _result?.Json ?? Text;

    /// <summary>
    /// The body in parts, each to be sent on its own and at once, and valid until the next is asked for; null where <see cref="Body"/> is
    /// the body. It must be enumerated, to its end or until it is disposed.
    /// </summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Events { get; init; }

    /// <summary>The errors of the response, for the host's telemetry.</summary>
    public ImmutableArray<GraphQLError> Errors => _result?.Errors ?? [];

    internal ReadOnlyMemory<byte> Text { get; init; }

    /// <inheritdoc/>
    public void Dispose() => _result?.Dispose();
}
