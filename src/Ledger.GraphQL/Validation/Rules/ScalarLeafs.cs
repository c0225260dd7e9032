using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Leaf field selections (§5.3.3): something is selected of composite types, and nothing of leaf types.</summary>
internal sealed class ScalarLeafs(ValidationContext context) : RuleVisitor(context)
{
    public override void EnterField(FieldNode field)
    {
        if (Context.Type is not { } type) return;
        var name = field.Name.Value;
        if (type.Named is not LeafType && field.SelectionSet is null)
            Context.Report($"Field \"{name}\" of type \"{type}\" must have a selection of subfields. Did you mean \"{name} {{ ... }}\"?", field);
        else if (type.Named is LeafType && field.SelectionSet is { } set)
            Context.Report($"Field \"{name}\" must not have a selection since type \"{type}\" has no subfields.", set);
    }
}
