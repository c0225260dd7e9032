using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Input object field uniqueness (§5.6.3).</summary>
internal sealed class UniqueInputFieldNames(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitObject(ObjectValueNode value)
    {
        foreach (var nodes in Duplicates.Find(value.Fields, static field => field.Name))
        {
            foreach (var again in nodes.AsSpan(1))
                Context.Report($"There can be only one input field named \"{((NameNode)again).Value}\".", nodes[0], again);
        }
    }
}
