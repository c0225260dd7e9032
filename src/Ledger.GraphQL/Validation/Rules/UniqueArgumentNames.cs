using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Argument uniqueness (§5.4.2).</summary>
internal sealed class UniqueArgumentNames(ValidationContext context) : RuleVisitor(context)
{
    public override void EnterField(FieldNode field) => Check(field.Arguments);

    public override void EnterDirective(DirectiveNode directive, DirectiveLocation location) => Check(directive.Arguments);

    private void Check(ImmutableArray<ArgumentNode> arguments)
    {
        foreach (var nodes in Duplicates.Find(arguments, static argument => argument.Name))
            Context.Report($"There can be only one argument named \"{((NameNode)nodes[0]).Value}\".", nodes);
    }
}
