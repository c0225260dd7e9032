using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Types;

/// <summary>Reads a schema from SDL, extensions included. Values of its types are plain .NET objects; unknown scalars take any value.</summary>
public static class SdlSchema
{
    /// <summary>Reads a schema that is known to be right.</summary>
    /// <exception cref="InvalidSchemaException">It is not.</exception>
    public static Schema Read(string sdl, SdlOptions? options = null) =>
        TryRead(sdl, out var schema, out var errors, options) ? schema : throw new InvalidSchemaException(errors);

    /// <summary>Reads a schema.</summary>
    /// <param name="sdl">The text; at most what <see cref="ParseLimits.Schema"/> allows.</param>
    /// <param name="schema">The schema when the answer is true.</param>
    /// <param name="errors">What is wrong when the answer is false.</param>
    /// <param name="options">How it comes to life.</param>
    public static bool TryRead(string sdl, [NotNullWhen(true)] out Schema? schema, out ImmutableArray<GraphQLError> errors, SdlOptions? options = null)
    {
        schema = null;
        if (!GraphQLParser.Parse(sdl, ParseLimits.Schema).IsAccepted(out var document, out var error))
        {
            errors = [error];
            return false;
        }

        return TryRead(document, out schema, out errors, options);
    }

    /// <summary>Builds a schema of a document that was parsed.</summary>
    /// <inheritdoc cref="TryRead(string, out Schema, out ImmutableArray{GraphQLError}, SdlOptions)"/>
    public static bool TryRead(
        DocumentNode document, [NotNullWhen(true)] out Schema? schema, out ImmutableArray<GraphQLError> errors, SdlOptions? options = null)
    {
        schema = null;
        errors = DocumentValidator.ValidateTypeSystem(document);
        if (!errors.IsEmpty) return false;
        var reader = new SdlReader(document, options ?? new SdlOptions());
        var definition = reader.Read();
        errors = reader.Errors;
        if (!errors.IsEmpty) return false;
        if (options is not { AssumeValid: true }) return Schema.TryCreate(definition, out schema, out errors);
        schema = Schema.CreateUnchecked(definition);
        return true;
    }
}
