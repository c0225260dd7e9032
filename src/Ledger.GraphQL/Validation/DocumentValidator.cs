using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>
/// Validates documents (September 2025, §5). One walk serves all rules; its work, and that of the rules, is bounded whatever the document
/// holds, and no document overflows the stack. Thread-safe.
/// </summary>
public static class DocumentValidator
{
    /// <summary>What is wrong with a request's document.</summary>
    /// <param name="schema">The schema it is for.</param>
    /// <param name="document">A document that was parsed within <see cref="Language.ParseLimits.DepthMax"/>, on which recursion rests.</param>
    /// <param name="options">Rules and limits; by default <see cref="ValidationOptions.Default"/>.</param>
    /// <param name="work">Adds up what it cost.</param>
    /// <returns>At most <see cref="ValidationOptions.ErrorsMax"/> errors; empty when the document may be executed.</returns>
    public static ImmutableArray<GraphQLError> Validate(
        Schema schema, DocumentNode document, ValidationOptions? options = null, ValidationWork? work = null) =>
        Run(new ValidationContext(schema, document, options ?? ValidationOptions.Default, work ?? new ValidationWork(), ErrorCodes.ValidationFailed));

    /// <summary>What is wrong with a document that defines a type system, before any type is made of it (§3, "Type Validation").</summary>
    /// <param name="document">Definitions and extensions.</param>
    /// <returns>All that is wrong; empty when types can be made of it.</returns>
    public static ImmutableArray<GraphQLError> ValidateTypeSystem(DocumentNode document) =>
        Run(new ValidationContext(null, document, TypeSystemOptions, new ValidationWork(), ErrorCodes.InvalidSchema));

    // Text of our own: all that is wrong with it is said.
    private static ValidationOptions TypeSystemOptions { get; } =
        new() { Rules = ValidationRules.TypeSystem, ErrorsMax = int.MaxValue, Suggest = true };

    private static ImmutableArray<GraphQLError> Run(ValidationContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(context.Options.ErrorsMax, 1);
        new DocumentWalker(context).Walk();
        return context.Errors;
    }
}
