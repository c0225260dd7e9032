using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Merging;

/// <summary>What makes two fields of one response name different (§5.3.2).</summary>
internal static class FieldComparison
{
    /// <summary>Whether only one of the two can apply, because they are selected on different object types.</summary>
    public static bool AreExclusive(in MergeField one, in MergeField other) =>
        one.Parent != other.Parent && one.Parent is ObjectType && other.Parent is ObjectType;

    /// <summary>Why two fields that may both apply are not the same; null when they are.</summary>
    /// <param name="one">The one field.</param>
    /// <param name="other">The other.</param>
    /// <param name="spend">Asked before each value is compared; false ends comparing, and the fields count as different.</param>
    public static string? FindDifference(in MergeField one, in MergeField other, Func<bool> spend)
    {
        var (name1, name2) = (one.Node.Name.Value, other.Node.Name.Value);
        if (name1 != name2) return $"\"{MergeConflict.Cut(name1)}\" and \"{MergeConflict.Cut(name2)}\" are different fields";
        return AreSame(one.Node.Arguments, other.Node.Arguments, spend) ? null : "they have differing arguments";
    }

    /// <summary>Why two fields have no common shape of response; null when they have one, or when a type is unknown.</summary>
    public static string? FindMisfit(in MergeField one, in MergeField other) =>
        one.Definition is { } first && other.Definition is { } second && !HaveSameShape(first.Type, second.Type)
            ? $"they return conflicting types \"{first.Type}\" and \"{second.Type}\""
            : null;

    // SameResponseShape, as far as it concerns the types alone: an equivalence, so that a group is compared with one of its fields.
    private static bool HaveSameShape(GraphQLType one, GraphQLType other)
    {
        while (one != other)
        {
            switch (one, other)
            {
                case (ListType list1, ListType list2):
                    (one, other) = (list1.Item, list2.Item);
                    break;
                case (NonNullType nonNull1, NonNullType nonNull2):
                    (one, other) = (nonNull1.OfType, nonNull2.OfType);
                    break;
                default:
                    return one is CompositeType && other is CompositeType;
            }
        }

        return true;
    }

    private static bool AreSame(ImmutableArray<ArgumentNode> one, ImmutableArray<ArgumentNode> other, Func<bool> spend)
    {
        if (one.Length != other.Length) return false;
        var (sorted1, sorted2) = (Sort(one, static argument => argument.Name), Sort(other, static argument => argument.Name));
        for (var i = 0; i < sorted1.Length; i++)
        {
            if (sorted1[i].Name.Value != sorted2[i].Name.Value || !AreSame(sorted1[i].Value, sorted2[i].Value, spend)) return false;
        }

        return true;
    }

    // As they are written: 1 and 1.0 are different, and the order of an object's fields is not.
    private static bool AreSame(ValueNode one, ValueNode other, Func<bool> spend) => spend() && (one, other) switch
    {
        (VariableNode a, VariableNode b) => a.Name.Value == b.Name.Value,
        (IntValueNode a, IntValueNode b) => a.Value == b.Value,
        (FloatValueNode a, FloatValueNode b) => a.Value == b.Value,
        (StringValueNode a, StringValueNode b) => a.Value == b.Value && a.IsBlock == b.IsBlock,
        (BooleanValueNode a, BooleanValueNode b) => a.Value == b.Value,
        (NullValueNode, NullValueNode) => true,
        (EnumValueNode a, EnumValueNode b) => a.Value == b.Value,
        (ListValueNode a, ListValueNode b) => AreSame(a.Values, b.Values, spend),
        (ObjectValueNode a, ObjectValueNode b) => AreSame(a.Fields, b.Fields, spend),
        _ => false,
    };

    private static bool AreSame(ImmutableArray<ValueNode> one, ImmutableArray<ValueNode> other, Func<bool> spend)
    {
        if (one.Length != other.Length) return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (!AreSame(one[i], other[i], spend)) return false;
        }

        return true;
    }

    private static bool AreSame(ImmutableArray<ObjectFieldNode> one, ImmutableArray<ObjectFieldNode> other, Func<bool> spend)
    {
        if (one.Length != other.Length) return false;
        var (sorted1, sorted2) = (Sort(one, static field => field.Name), Sort(other, static field => field.Name));
        for (var i = 0; i < sorted1.Length; i++)
        {
            if (sorted1[i].Name.Value != sorted2[i].Name.Value || !AreSame(sorted1[i].Value, sorted2[i].Value, spend)) return false;
        }

        return true;
    }

    private static ImmutableArray<T> Sort<T>(ImmutableArray<T> nodes, Func<T, NameNode> nameOf)
        where T : Node => nodes.Length < 2 ? nodes : [.. nodes.OrderBy(node => nameOf(node).Value, StringComparer.Ordinal)];
}
