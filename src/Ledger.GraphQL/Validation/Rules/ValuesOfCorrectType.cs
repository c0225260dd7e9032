using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Values of correct type (§5.6.1), input object field names (§5.6.2) and required fields (§5.6.4).</summary>
internal sealed class ValuesOfCorrectType(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitValue(ValueNode value, GraphQLType type) => LiteralCheck.Check(
        value, type, problem => Context.Report(problem.Message, problem.Node), Context.Options.Suggest, Context.Options.ErrorsMax);
}
