using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Sdl;

/// <summary>A document defines at most one schema (§3.3).</summary>
internal sealed class LoneSchemaDefinition(ValidationContext context) : RuleVisitor(context)
{
    private bool _isDefined;

    public override void VisitTypeSystem(TypeSystemNode definition)
    {
        if (definition is not SchemaDefinitionNode { IsExtension: false }) return;
        if (_isDefined) Context.Report("Must provide only one schema definition.", definition);
        _isDefined = true;
    }
}
