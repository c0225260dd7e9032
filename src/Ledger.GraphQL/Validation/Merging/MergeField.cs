using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Merging;

/// <summary>A field that is selected, with what the schema says about it.</summary>
/// <param name="Node">The field.</param>
/// <param name="Parent">The type it is selected on; null when it is unknown.</param>
/// <param name="Definition">Null when the type has no such field.</param>
internal readonly record struct MergeField(FieldNode Node, CompositeType? Parent, FieldDefinition? Definition)
{
    /// <summary>The type its own selections are made on; null when it is unknown or a leaf.</summary>
    public CompositeType? Selected => Definition?.Type.Named as CompositeType;

    public static MergeField Of(FieldNode node, CompositeType? parent, Schema schema) =>
        new(node, parent, parent is null ? null : schema.FindField(parent, node.Name.Value));
}
