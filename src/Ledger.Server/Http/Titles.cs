using Microsoft.AspNetCore.WebUtilities;

namespace Ledger.Server.Http;

/// <summary>A problem's title is its status in words (RFC 9457, section 4.2.1): the code says the rest.</summary>
internal static class Titles
{
    public static string Of(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";
}
