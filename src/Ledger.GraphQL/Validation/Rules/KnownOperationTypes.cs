using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Operation type existence (§5.2.1.1): the schema has a root type for the kind of operation.</summary>
internal sealed class KnownOperationTypes(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitOperation(OperationDefinitionNode operation)
    {
        if (Context.Schema!.RootType(operation.Operation) is null)
            Context.Report($"The {SyntaxPrinter.KeywordOf(operation.Operation)} operation is not supported by the schema.", operation);
    }
}
