namespace Ledger.GraphQL.Language;

/// <summary>Why a text is refused.</summary>
/// <param name="Message">Without a prefix.</param>
/// <param name="Offset">The byte where reading ended.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
internal sealed record SyntaxFailure(string Message, int Offset, string Code)
{
    public GraphQLError ToError(Source source) => GraphQLError.At(
        Code == ErrorCodes.ParseFailed ? $"Syntax Error: {Message}" : Message, Code, source.LocationOf(Offset));
}
