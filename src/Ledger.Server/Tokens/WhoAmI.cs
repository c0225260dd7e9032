using Ledger.Domain.Actors;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Tokens;

/// <summary>Tells a caller what the token says of them.</summary>
internal static class WhoAmI
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/whoami", Handle)
        .Describe(Access.AnyRole, "whoAmI", "Who am I?", "What the token says of its holder.")
        .Produces<WhoAmIAnswer>();

    private static IResult Handle(HttpContext http)
    {
        var caller = http.Caller();
        return Answer.Ok(new WhoAmIAnswer(caller.Subject, caller.Role, caller.Services), ApiJson.Answers.WhoAmIAnswer);
    }
}

/// <summary>What a token says of its holder.</summary>
/// <param name="Subject">Who holds it.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Services">For which services.</param>
internal sealed record WhoAmIAnswer(string Subject, Role Role, IReadOnlyList<string> Services);
