using System.Collections.Immutable;

namespace Ledger.GraphQL.Validation.Cost;

/// <summary>What an operation costs at most, in the sense of the GraphQL Cost Directives specification of IBM.</summary>
/// <param name="FieldCost">Resolving its fields.</param>
/// <param name="TypeCost">The values of its answer.</param>
/// <param name="Errors">Why it is refused; empty when it may be executed. When the cost could not be worked out it is refused.</param>
public sealed record CostReport(double FieldCost, double TypeCost, ImmutableArray<GraphQLError> Errors);
