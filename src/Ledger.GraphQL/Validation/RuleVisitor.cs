using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>
/// One rule at work on one document. It hears what its <see cref="ValidationRule.Events"/> name, in the order of the text, and finds the
/// types at that place in the context.
/// </summary>
internal abstract class RuleVisitor(ValidationContext context)
{
    protected ValidationContext Context { get; } = context;

    public virtual void EnterDocument(DocumentNode document)
    {
    }

    /// <summary>After the walk, when every use of a variable is known.</summary>
    public virtual void LeaveDocument(DocumentNode document)
    {
    }

    public virtual void VisitOperation(OperationDefinitionNode operation)
    {
    }

    public virtual void VisitFragment(FragmentDefinitionNode fragment)
    {
    }

    public virtual void VisitVariable(VariableDefinitionNode variable)
    {
    }

    /// <summary>A selection set, except those of inline fragments: these belong to the set around them.</summary>
    public virtual void VisitSelectionSet(SelectionSetNode set)
    {
    }

    public virtual void EnterField(FieldNode field)
    {
    }

    public virtual void LeaveField(FieldNode field)
    {
    }

    public virtual void VisitSpread(FragmentSpreadNode spread)
    {
    }

    public virtual void VisitInlineFragment(InlineFragmentNode fragment)
    {
    }

    /// <summary>The directives of one place, at least one.</summary>
    public virtual void VisitDirectives(ImmutableArray<DirectiveNode> directives, Node owner)
    {
    }

    public virtual void EnterDirective(DirectiveNode directive, DirectiveLocation location)
    {
    }

    public virtual void LeaveDirective(DirectiveNode directive)
    {
    }

    /// <summary>An argument of a field; those of a directive are the directive's.</summary>
    public virtual void VisitArgument(ArgumentNode argument)
    {
    }

    /// <summary>The value of an argument or the default of a variable, as a whole, with the type that is expected there.</summary>
    public virtual void VisitValue(ValueNode value, GraphQLType type)
    {
    }

    /// <summary>An object value, also one inside another value.</summary>
    public virtual void VisitObject(ObjectValueNode value)
    {
    }

    /// <summary>A type that is referred to by name.</summary>
    public virtual void VisitTypeName(NamedTypeNode type, bool isInTypeSystem)
    {
    }

    public virtual void VisitTypeSystem(TypeSystemNode definition)
    {
    }
}
