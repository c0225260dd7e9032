using System.Text.Json;
using Ledger.Intake;

namespace Ledger.Server.Http;

/// <summary>
/// Why a request was not carried out (RFC 9457). Everything a caller sent and that is quoted here goes through the redactor first, so a
/// problem cannot carry personal data into somebody's log.
/// </summary>
internal sealed class Problem(int status, string code, string detail, string? hint = null) : IResult
{
    public const string MediaType = "application/problem+json";

    public int Status => status;

    /// <summary>Stable, snake_case; for programs.</summary>
    public string Code => code;

    /// <summary>What is wrong, for people.</summary>
    public string Message => detail;

    public IReadOnlyList<DocumentProblem>? Problems { get; init; }

    /// <summary>For a database that is away: whether the request may have been carried out all the same.</summary>
    public bool? OutcomeUnknown { get; init; }

    /// <summary>Whole seconds after which a repetition makes sense.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The methods that the address knows (RFC 9110, section 15.5.6), or the challenge of a 401 (section 11.6.1).</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>The same, where a part of the request had been carried out by then; <paramref name="kept"/> is null where none had.</summary>
    public Problem After(string? kept) => kept is null ? this : new Problem(status, code, $"{detail}; {kept}", OutcomeUnknown is null ? hint : "send the same again: what is there is not recorded twice")
    {
        Problems = Problems, OutcomeUnknown = OutcomeUnknown, RetryAfterSeconds = RetryAfterSeconds, Header = Header,
    };

    /// <summary>The same, with more to know about it.</summary>
    public Problem Adding(IEnumerable<string> more) => new(status, code, string.Join("; ", [detail, .. more]), hint)
    {
        Problems = Problems, OutcomeUnknown = OutcomeUnknown, RetryAfterSeconds = RetryAfterSeconds, Header = Header,
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Header is var (name, value)) response.Headers[name] = value;
        httpContext.Items[typeof(Problem)] = code;

        var body = JsonSerializer.SerializeToUtf8Bytes(ToAnswer(httpContext.CorrelationId()), ApiJson.Answers.ProblemAnswer);
        response.ContentType = MediaType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(body);
    }

    private ProblemAnswer ToAnswer(string correlationId) => new(
        $"urn:ledger:problem:{code.Replace('_', '-')}",
        Titles.Of(status),
        status,
        Redacted(detail),
        code,
        hint is null ? null : Redacted(hint),
        correlationId,
        Problems is null ? null : [.. Problems.Select(problem => problem with
        {
            Path = Redacted(problem.Path), Message = Redacted(problem.Message), Hint = problem.Hint is null ? null : Redacted(problem.Hint),
        })],
        OutcomeUnknown);

    private static string Redacted(string text) => Redactor.Redact(text).Text;
}
