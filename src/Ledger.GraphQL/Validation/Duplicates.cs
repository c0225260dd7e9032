using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation;

/// <summary>Finds names that stand more than once where they may stand once. Linear; nothing is allocated for a few different names.</summary>
internal static class Duplicates
{
    // Up to here comparing all pairs is faster than hashing.
    private const int FewMax = 8;

    /// <summary>The nodes of each name that occurs more than once, in the order of their first occurrence.</summary>
    /// <param name="nodes">What has names.</param>
    /// <param name="nameOf">The name of a node.</param>
    public static IEnumerable<Node[]> Find<T>(ImmutableArray<T> nodes, Func<T, NameNode> nameOf)
        where T : Node
    {
        if (nodes.Length <= FewMax && !HasAny(nodes, nameOf)) return [];
        return nodes.Select(nameOf).GroupBy(name => name.Value, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.ToArray<Node>());
    }

    private static bool HasAny<T>(ImmutableArray<T> nodes, Func<T, NameNode> nameOf)
    {
        for (var i = 1; i < nodes.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (nameOf(nodes[i]).Value == nameOf(nodes[j]).Value) return true;
            }
        }

        return false;
    }
}
