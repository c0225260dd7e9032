using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// What <c>@skip</c> and <c>@include</c> leave of a document for one set of variables (§3.13.1, §3.13.2). A plan is made for each: which
/// fields there are, how they merge and in which order they come all depend on it.
/// </summary>
/// <param name="variables">The variables that decide, at most 64.</param>
/// <param name="values">One bit for each of them.</param>
internal sealed class Inclusion(ImmutableArray<string> variables, ulong values)
{
    /// <summary>How many variables may decide: one bit each.</summary>
    public const int VariablesMax = 64;

    public bool Includes(SelectionNode selection)
    {
        foreach (var directive in selection.Directives)
        {
            if (ConditionOf(directive) is { } condition && IsTrue(condition) == (directive.Name.Value == SpecifiedDirectives.Skip.Name)) return false;
        }

        return true;
    }

    /// <summary>The condition of a directive; null when it is neither of the two.</summary>
    public static ValueNode? ConditionOf(DirectiveNode directive) =>
        directive.Name.Value == SpecifiedDirectives.Skip.Name || directive.Name.Value == SpecifiedDirectives.Include.Name
            ? directive.Arguments.FirstOrDefault(argument => argument.Name.Value == "if")?.Value
            : null;

    // Validation lets nothing else stand here.
    private bool IsTrue(ValueNode condition) => condition switch
    {
        BooleanValueNode constant => constant.Value,
        VariableNode variable => (values >> variables.IndexOf(variable.Name.Value) & 1) != 0,
        _ => false,
    };
}
