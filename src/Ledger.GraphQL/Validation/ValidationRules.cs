using Ledger.GraphQL.Validation.Limits;
using Ledger.GraphQL.Validation.Rules;
using Ledger.GraphQL.Validation.Sdl;

namespace Ledger.GraphQL.Validation;

/// <summary>The rules there are. Names are those of graphql-js, sections those of the September 2025 edition.</summary>
public static class ValidationRules
{
    private static readonly ValidationRule KnownTypeNames = new("KnownTypeNames", "5.5.1.2", RuleEvents.TypeName, context => new KnownTypeNames(context));
    private static readonly ValidationRule KnownDirectives = new("KnownDirectives", "5.7.1", RuleEvents.EnterDirective, context => new KnownDirectives(context));
    private static readonly ValidationRule UniqueDirectivesPerLocation =
        new("UniqueDirectivesPerLocation", "5.7.3", RuleEvents.DirectiveList, context => new UniqueDirectivesPerLocation(context));

    private static readonly ValidationRule KnownArgumentNamesOnDirectives =
        new("KnownArgumentNamesOnDirectives", "5.4.1", RuleEvents.EnterDirective, context => new KnownArgumentNamesOnDirectives(context));

    private static readonly ValidationRule UniqueArgumentNames =
        new("UniqueArgumentNames", "5.4.2", RuleEvents.EnterField | RuleEvents.EnterDirective, context => new UniqueArgumentNames(context));

    private static readonly ValidationRule UniqueInputFieldNames =
        new("UniqueInputFieldNames", "5.6.3", RuleEvents.ObjectValue, context => new UniqueInputFieldNames(context));

    private static readonly ValidationRule ProvidedRequiredArgumentsOnDirectives = new(
        "ProvidedRequiredArgumentsOnDirectives", "5.4.3", RuleEvents.LeaveDirective, context => new ProvidedRequiredArgumentsOnDirectives(context));

    /// <summary>The rules of section 5.</summary>
    public static RuleSet Specification { get; } = new(
        new("ExecutableDefinitions", "5.1.1", RuleEvents.EnterDocument, context => new ExecutableDefinitions(context)),
        new("KnownOperationTypes", "5.2.1.1", RuleEvents.Operation, context => new KnownOperationTypes(context)),
        new("UniqueOperationNames", "5.2.2.1", RuleEvents.Operation, context => new UniqueOperationNames(context)),
        new("LoneAnonymousOperation", "5.2.3.1", RuleEvents.Operation, context => new LoneAnonymousOperation(context)),
        new("SingleFieldSubscriptions", "5.2.4.1", RuleEvents.Operation, context => new SingleFieldSubscriptions(context)),
        KnownTypeNames,
        new("FragmentsOnCompositeTypes", "5.5.1.3", RuleEvents.Fragment | RuleEvents.InlineFragment, context => new FragmentsOnCompositeTypes(context)),
        new("VariablesAreInputTypes", "5.8.2", RuleEvents.Variable, context => new VariablesAreInputTypes(context)),
        new("ScalarLeafs", "5.3.3", RuleEvents.EnterField, context => new ScalarLeafs(context)),
        new("FieldsOnCorrectType", "5.3.1", RuleEvents.EnterField, context => new FieldsOnCorrectType(context)),
        new("UniqueFragmentNames", "5.5.1.1", RuleEvents.Fragment, context => new UniqueFragmentNames(context)),
        new("KnownFragmentNames", "5.5.2.1", RuleEvents.Spread, context => new KnownFragmentNames(context)),
        new("NoUnusedFragments", "5.5.1.4", RuleEvents.LeaveDocument, context => new NoUnusedFragments(context)),
        new("PossibleFragmentSpreads", "5.5.2.3", RuleEvents.Spread | RuleEvents.InlineFragment, context => new PossibleFragmentSpreads(context)),
        new("NoFragmentCycles", "5.5.2.2", RuleEvents.LeaveDocument, context => new NoFragmentCycles(context)),
        new("UniqueVariableNames", "5.8.1", RuleEvents.Operation, context => new UniqueVariableNames(context)),
        new("NoUndefinedVariables", "5.8.3", RuleEvents.LeaveDocument, context => new NoUndefinedVariables(context)),
        new("NoUnusedVariables", "5.8.4", RuleEvents.LeaveDocument, context => new NoUnusedVariables(context)),
        KnownDirectives,
        UniqueDirectivesPerLocation,
        new("KnownArgumentNames", "5.4.1", RuleEvents.Argument, context => new KnownArgumentNames(context)),
        KnownArgumentNamesOnDirectives,
        UniqueArgumentNames,
        new("ValuesOfCorrectType", "5.6.1", RuleEvents.Value, context => new ValuesOfCorrectType(context)),
        new("ProvidedRequiredArguments", "5.4.3", RuleEvents.LeaveField, context => new ProvidedRequiredArguments(context)),
        ProvidedRequiredArgumentsOnDirectives,
        new("VariablesInAllowedPosition", "5.8.5", RuleEvents.LeaveDocument, context => new VariablesInAllowedPosition(context)),
        new("OverlappingFieldsCanBeMerged", "5.3.2", RuleEvents.EnterDocument | RuleEvents.SelectionSet | RuleEvents.LeaveDocument, context => new OverlappingFieldsCanBeMerged(context)),
        UniqueInputFieldNames);

    /// <summary>What a host may refuse although the specification allows it. Each asks <see cref="ValidationOptions"/> for its limit.</summary>
    public static RuleSet Limits { get; } = new(
        new("NoIntrospection", "", RuleEvents.EnterField, context => new NoIntrospection(context)),
        new("MaxIntrospectionDepth", "", RuleEvents.EnterField, context => new MaxIntrospectionDepth(context)),
        new("MaxDepth", "", RuleEvents.LeaveDocument, context => new MaxDepth(context)),
        new("MaxAliases", "", RuleEvents.LeaveDocument, context => new MaxAliases(context)),
        new("MaxRootFields", "", RuleEvents.Operation, context => new MaxRootFields(context)));

    /// <summary>The rules of section 5, then the limits.</summary>
    public static RuleSet All { get; } = new([.. Specification, .. Limits]);

    /// <summary>What has to hold of definitions before types can be made of them (§3, "Type Validation"; §5.4, §5.7).</summary>
    public static RuleSet TypeSystem { get; } = new(
        new("LoneSchemaDefinition", "3.3", RuleEvents.TypeSystem, context => new LoneSchemaDefinition(context)),
        new("UniqueOperationTypes", "3.3.1", RuleEvents.TypeSystem, context => new UniqueOperationTypes(context)),
        new("UniqueTypeNames", "3.3", RuleEvents.TypeSystem, context => new UniqueTypeNames(context)),
        new("UniqueEnumValueNames", "3.9", RuleEvents.TypeSystem, context => new UniqueEnumValueNames(context)),
        new("UniqueFieldDefinitionNames", "3.6", RuleEvents.TypeSystem, context => new UniqueFieldDefinitionNames(context)),
        new("UniqueArgumentDefinitionNames", "3.6.1", RuleEvents.TypeSystem, context => new UniqueArgumentDefinitionNames(context)),
        new("UniqueDirectiveNames", "3.3", RuleEvents.TypeSystem, context => new UniqueDirectiveNames(context)),
        KnownTypeNames,
        KnownDirectives,
        UniqueDirectivesPerLocation,
        new("PossibleTypeExtensions", "3.4.3", RuleEvents.TypeSystem, context => new PossibleTypeExtensions(context)),
        KnownArgumentNamesOnDirectives,
        UniqueArgumentNames,
        UniqueInputFieldNames,
        ProvidedRequiredArgumentsOnDirectives);
}
