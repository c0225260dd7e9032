namespace Ledger.Server.GraphQL.Requests;

/// <summary>The ledger's own values of <c>extensions.code</c>, beside those of the engine. Never renamed.</summary>
internal static class Codes
{
    /// <summary>An argument makes no sense, or not with the others.</summary>
    public const string BadArgument = "BAD_ARGUMENT";

    /// <summary>A page larger than any may be.</summary>
    public const string PageSize = "PAGE_SIZE_LIMIT_EXCEEDED";

    /// <summary>A cursor that is none, or of another question.</summary>
    public const string BadCursor = "BAD_CURSOR";

    /// <summary>More at once than is answered at once.</summary>
    public const string TooMany = "TOO_MANY";

    /// <summary>What is asked for can only be told to somebody who sees more services.</summary>
    public const string OutOfScope = "SERVICE_OUT_OF_SCOPE";

    /// <summary>The database does not answer now: the same question will be answered later.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>The token that a long answer began with is not good any more.</summary>
    public const string TokenEnded = "TOKEN_ENDED";
}
