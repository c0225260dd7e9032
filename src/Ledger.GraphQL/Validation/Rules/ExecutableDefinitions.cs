using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Executable definitions (§5.1.1): a request holds operations and fragments, and no part of a type system.</summary>
internal sealed class ExecutableDefinitions(ValidationContext context) : RuleVisitor(context)
{
    public override void EnterDocument(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            var name = definition switch
            {
                SchemaDefinitionNode => "schema",
                TypeDefinitionNode type => $"\"{type.Name.Value}\"",
                DirectiveDefinitionNode directive => $"\"{directive.Name.Value}\"",
                _ => null,
            };
            if (name is not null) Context.Report($"The {name} definition is not executable.", definition);
        }
    }
}
