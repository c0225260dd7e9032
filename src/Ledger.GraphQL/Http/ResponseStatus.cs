using Ledger.GraphQL.Execution;

namespace Ledger.GraphQL.Http;

/// <summary>The status codes of responses (GraphQL over HTTP, "Response"; RFC 9110, §15).</summary>
internal static class ResponseStatus
{
    public const int Ok = 200;
    public const int Created = 201;
    public const int Accepted = 202;
    public const int BadRequest = 400;
    public const int Forbidden = 403;
    public const int NotFound = 404;
    public const int MethodNotAllowed = 405;
    public const int NotAcceptable = 406;
    public const int Conflict = 409;
    public const int ContentTooLarge = 413;
    public const int UriTooLong = 414;
    public const int UnsupportedMediaType = 415;
    public const int TooManyRequests = 429;
    public const int InternalError = 500;

    /// <summary>The status of a response of GraphQL. Plain JSON has 200 for all of them: its clients take nothing else for GraphQL's.</summary>
    public static int Of(ExecutionResult result, string mediaType)
    {
        if (result.HasData || mediaType == MediaTypes.Json) return Ok;
        return result.Errors[0].Code switch
        {
            ErrorCodes.Forbidden => Forbidden,
            ErrorCodes.Internal => InternalError,
            _ => BadRequest,
        };
    }
}
