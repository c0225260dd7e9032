namespace Ledger.GraphQL.Validation.Rules;

/// <summary>The uses of variables that an operation answers for.</summary>
internal static class VariableUsages
{
    /// <summary>Those of the operation itself, then those of the fragments it reaches. Ends when the limit is reached, which is reported.</summary>
    public static IEnumerable<VariableUsage> Of(ExecutableFacts operation, ValidationContext context)
    {
        foreach (var usage in operation.Usages) yield return usage;
        foreach (var fragment in context.Graph.ReachableFrom(operation))
        {
            foreach (var usage in fragment.Usages)
            {
                if (context.IsStopped || !context.TrySpendVariableUsage()) yield break;
                yield return usage;
            }
        }
    }
}
