using System.Text.Json;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Execution;

/// <summary>A request (§6.1): what is asked, and by whom. What it refers to must stay as it is until the answer is there.</summary>
public sealed record GraphQLRequest
{
    /// <summary>The document, UTF-8; empty when the request names it by <see cref="DocumentId"/>.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>
    /// The hash the document is known by: of a trusted document, or of one that was sent before. With <see cref="Document"/> it must be
    /// that of the text.
    /// </summary>
    public DocumentHash? DocumentId { get; init; }

    /// <summary>Which operation of the document; null when it has only one.</summary>
    public string? OperationName { get; init; }

    /// <summary>The variables: an object, null, or undefined.</summary>
    public JsonElement Variables { get; init; }

    /// <summary>Whether a mutation is refused, because of the way the request came by.</summary>
    public bool RefuseMutations { get; init; }

    /// <summary>The host's own: the caller, its scope, its services. Resolvers find it in their context.</summary>
    public object? State { get; init; }

    /// <summary>The object that root fields are of; most hosts have none.</summary>
    public object? RootValue { get; init; }

    /// <summary>Rules for this caller; null for those of the executor. Keep a few objects: operations are cached for each.</summary>
    public ValidationOptions? Validation { get; init; }

    /// <summary>Whether the answer's <c>extensions.operationCost</c> says what the operation costs.</summary>
    public CostReporting CostReporting { get; init; }
}

/// <summary>Whether an answer tells the cost of its operation.</summary>
public enum CostReporting : byte
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Beside the data.</summary>
    Report,

    /// <summary>Instead of the data: nothing is executed.</summary>
    ReportOnly,
}
