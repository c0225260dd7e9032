using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>All variable usages are allowed (§5.8.5): the variable's type fits the place, its default and the place's default counted in.</summary>
internal sealed class VariablesInAllowedPosition(ValidationContext context) : RuleVisitor(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in Context.Graph.Operations)
        {
            var variables = new Dictionary<string, (VariableDefinitionNode Node, GraphQLType? Type)>(StringComparer.Ordinal);
            foreach (var variable in ((OperationDefinitionNode)operation.Node).VariableDefinitions)
                variables[variable.Variable.Name.Value] = (variable, Context.Schema!.TypeOf(variable.Type));
            if (variables.Count == 0) continue;
            foreach (var usage in VariableUsages.Of(operation, Context))
            {
                if (variables.TryGetValue(usage.Node.Name.Value, out var variable) && variable.Type is not null) Check(usage, variable.Node, variable.Type);
            }
        }
    }

    private void Check(in VariableUsage usage, VariableDefinitionNode variable, GraphQLType type)
    {
        if (usage.Type is not { } expected) return;
        var name = usage.Node.Name.Value;
        if (!IsAllowed(type, variable.DefaultValue, expected, usage.HasDefault))
            Context.Report($"Variable \"${name}\" of type \"{type}\" used in position expecting type \"{expected}\".", variable, usage.Node);
        if (usage.Parent is { IsOneOf: true } oneOf && type is not NonNullType)
        {
            Context.Report(
                $"Variable \"${name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{oneOf}\".", variable, usage.Node);
        }
    }

    // IsVariableUsageAllowed: a default takes the place of the null that the type would let in.
    private bool IsAllowed(GraphQLType type, ValueNode? defaultValue, GraphQLType expected, bool hasDefault)
    {
        if (expected is not NonNullType || type is NonNullType) return Context.Schema!.IsSubType(expected, type);
        return (hasDefault || defaultValue is not null and not NullValueNode) && Context.Schema!.IsSubType(expected.Nullable, type);
    }
}
