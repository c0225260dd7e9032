using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Operation name uniqueness (§5.2.2.1).</summary>
internal sealed class UniqueOperationNames(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<string, NameNode> _names = new(StringComparer.Ordinal);

    public override void VisitOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is { } name && !_names.TryAdd(name.Value, name))
            Context.Report($"There can be only one operation named \"{name.Value}\".", _names[name.Value], name);
    }
}
