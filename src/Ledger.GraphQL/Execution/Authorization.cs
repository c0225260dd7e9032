using System.Collections.Immutable;

namespace Ledger.GraphQL.Execution;

/// <summary>Refuses operations that select what their caller may not, before anything is resolved.</summary>
internal static class Authorization
{
    private const int ErrorsMax = 5;

    /// <summary>Null when the caller may select every field. Without a host's answer it may not.</summary>
    public static ImmutableArray<GraphQLError>? Check(OperationPlan plan, OperationVariant variant, object? state, Func<object, object?, bool>? authorize)
    {
        ImmutableArray<GraphQLError>.Builder? errors = null;
        foreach (var (policy, fields) in variant.Guarded)
        {
            if (authorize is not null && authorize(policy, state)) continue;
            errors ??= ImmutableArray.CreateBuilder<GraphQLError>();
            foreach (var field in fields.Take(ErrorsMax - errors.Count))
                errors.Add(plan.Document.Error($"Not authorized to select \"{field.Coordinate}\".", ErrorCodes.Forbidden, field.Node));
            if (errors.Count == ErrorsMax) break;
        }

        return errors?.ToImmutable();
    }
}
