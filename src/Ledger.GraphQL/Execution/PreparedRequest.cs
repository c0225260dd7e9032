using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation.Cost;

namespace Ledger.GraphQL.Execution;

/// <summary>A request after everything that is done before execution, or why it is not executed.</summary>
internal readonly record struct PreparedRequest(GraphQLRequest Request, Schema Schema)
{
    /// <summary>Why it is not executed; null when it is.</summary>
    public ImmutableArray<GraphQLError>? Refusal { get; init; }

    /// <summary>Whether it is answered more than once.</summary>
    public bool IsSubscription =>
        Refusal is null && Plan!.Operation.Operation == OperationType.Subscription && Request.CostReporting != CostReporting.ReportOnly;

    /// <summary>Its operation, where it has one.</summary>
    public OperationPlan? Plan { get; init; }

    /// <summary>Not null when it is executed.</summary>
    public OperationVariant? Variant { get; init; }

    /// <summary>Not null when it is executed.</summary>
    public VariableValues? Variables { get; init; }

    /// <summary>What it costs; null when nobody asked.</summary>
    public CostReport? Cost { get; init; }
}
