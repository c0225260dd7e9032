using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Ledger.Intake;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Tokens;

namespace Ledger.Server.Tokens;

/// <summary>Makes bearer tokens.</summary>
internal static partial class CreateToken
{
    private const int ServicesAtMost = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tokens", HandleAsync)
        .Describe(
            Access.Administration, "createToken", "Make a token",
            "The token is in the answer and nowhere else: only its SHA-256 is stored. It is for no more services than the token that makes it. Role: admin.")
        .Accepts<TokenRequest>("application/json")
        .Produces<TokenAnswer>(StatusCodes.Status201Created)
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(HttpContext http, LedgerStore store, TimeProvider clock)
    {
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.TokenRequest);
        if (!read.Succeeded(out var body, out var problem)) return problem;
        var request = body.Value;
        if (Check(request, http.Caller(), clock.GetUtcNow()) is { } refused) return refused;

        var made = await store.Tokens.CreateAsync(request.Subject, request.Role, request.Services, request.ExpiresAt, http.RequestAborted);
        return Answer.Created(
            new TokenAnswer(made.Text, made.Token.Subject, made.Token.Role, made.Token.Services, made.Token.ExpiresAt), ApiJson.Answers.TokenAnswer);
    }

    private static Problem? Check(TokenRequest request, Caller caller, DateTimeOffset now)
    {
        // The subject stands in every event that its holder causes, for ever: a name for a person, not the person's data.
        if (!SubjectPattern().IsMatch(request.Subject) || Redactor.Redact(request.Subject).Count > 0)
            return Refuse("subject_invalid", "'subject' is not a name that may stand in the log", "1 to 100 letters, digits, '.', '_' and '-'; no e-mail address or other personal data");
        if (request.Services.Count is 0 or > ServicesAtMost || request.Services.Any(service => service != Token.AllServices && !ReleaseId.IsService(service)))
            return Refuse("services_invalid", $"'services' are not 1 to {ServicesAtMost} names of services", "or \"*\" for all of them");
        if (request.ExpiresAt <= now) return Refuse("time_in_past", "'expiresAt' is not in the future", "give a later time, or none");
        return request.Services.All(service => service == Token.AllServices ? caller.SeesEverything : caller.Covers(service))
            ? null
            : Problems.OutOfScope("all of these services, so it cannot give them away");
    }

    private static Problem Refuse(string code, string detail, string hint) => new(StatusCodes.Status422UnprocessableEntity, code, detail, hint);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubjectPattern();
}

/// <summary>A token to be made.</summary>
/// <param name="Role">What its holder may do.</param>
/// <param name="Services">For which services; <c>*</c> for all of them.</param>
/// <param name="Subject">Who holds it: the actor's id in every event.</param>
/// <param name="ExpiresAt">When it ends; never where absent.</param>
internal sealed record TokenRequest(
    Role Role,
    IReadOnlyList<string> Services,
    string Subject,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? ExpiresAt = null);

/// <summary>A token was made.</summary>
/// <param name="Token">Its text, shown this once.</param>
/// <param name="Subject">Who holds it.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Services">For which services.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record TokenAnswer(
    string Token,
    string Subject,
    Role Role,
    IReadOnlyList<string> Services,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? ExpiresAt);
