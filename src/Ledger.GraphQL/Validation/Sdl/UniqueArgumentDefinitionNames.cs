using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Sdl;

/// <summary>A field or directive has arguments of different names (§3.6.1, §3.13).</summary>
internal sealed class UniqueArgumentDefinitionNames(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitTypeSystem(TypeSystemNode definition)
    {
        switch (definition)
        {
            case DirectiveDefinitionNode directive:
                Check($"@{directive.Name.Value}", directive.Arguments);
                break;
            case ObjectTypeDefinitionNode type:
                CheckFields(type, type.Fields);
                break;
            case InterfaceTypeDefinitionNode type:
                CheckFields(type, type.Fields);
                break;
        }
    }

    private void CheckFields(TypeDefinitionNode type, ImmutableArray<FieldDefinitionNode> fields)
    {
        foreach (var field in fields) Check($"{type.Name.Value}.{field.Name.Value}", field.Arguments);
    }

    private void Check(string owner, ImmutableArray<InputValueDefinitionNode> arguments)
    {
        foreach (var nodes in Duplicates.Find(arguments, static argument => argument.Name))
            Context.Report($"Argument \"{owner}({((NameNode)nodes[0]).Value}:)\" can only be defined once.", nodes);
    }
}
