using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Fragments must be used (§5.5.1.4).</summary>
internal sealed class NoUnusedFragments(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        var unreached = Context.Graph.FindUnreached().ToHashSet();
        foreach (var fragment in unreached)
        {
            // The first of two fragments of one name cannot be reached: that is another rule's.
            var name = fragment.Name!.Value;
            if (unreached.Contains(Context.Graph.Find(name)!)) Context.Report($"Fragment \"{name}\" is never used.", fragment.Node);
        }
    }
}
