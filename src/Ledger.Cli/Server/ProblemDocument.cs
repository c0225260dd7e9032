using System.Globalization;
using System.Text.Json;

namespace Ledger.Cli.Server;

/// <summary>Reads what the server says when it does not do what it was asked (RFC 9457, <c>application/problem+json</c>).</summary>
internal static class ProblemDocument
{
    private const string TokenHint = "set LEDGER_TOKEN to a token that is valid; an administrator makes one with 'ledger token new'";

    /// <summary>What an answer other than success comes to.</summary>
    /// <remarks>
    /// Only the ledger's own word is a refusal: a 404 of something in between says nothing about the release that was asked for.
    /// </remarks>
    public static Failure Read(int status, ReadOnlyMemory<byte> body)
    {
        if (Answers.Parse(body) is not { ValueKind: JsonValueKind.Object } problem || Text(problem, "code") is not { } code || Text(problem, "detail") is not { } detail)
        {
            return status >= 500
                ? Failure.Unknown("server_failed", string.Create(CultureInfo.InvariantCulture, $"the server failed ({status})"), "try again; if it stays, look at the server's log")
                : Failure.Garbled(string.Create(CultureInfo.InvariantCulture, $"status {status}, and not as a ledger says it"));
        }

        var hint = Text(problem, "hint") ?? (status == 401 ? TokenHint : null);
        return new Failure(status is >= 400 and < 500 ? ExitCode.Refused : ExitCode.Unknown, code, Plain(detail), hint is null ? null : Plain(hint)) { Problem = problem };
    }

    /// <summary>Whether the server itself knows that nothing was recorded.</summary>
    public static bool SaysNothingWasRecorded(Failure failure) =>
        failure.Problem is { } problem && problem.TryGetProperty("outcomeUnknown", out var unknown) && unknown.ValueKind == JsonValueKind.False;

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && member.GetString() is { Length: > 0 } text ? text : null;

    // Ours is lower case and ends without a full stop, whoever speaks.
    private static string Plain(string sentence)
    {
        var text = sentence.TrimEnd('.');
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
