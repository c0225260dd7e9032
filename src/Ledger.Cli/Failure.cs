using System.Text.Json;

namespace Ledger.Cli;

/// <summary>Why a command ended without what it was asked for.</summary>
/// <param name="ExitCode">One of <see cref="Cli.ExitCode"/>.</param>
/// <param name="Code">Stable and snake_case; the server's own where it has one.</param>
/// <param name="Detail">What is wrong, for people: no capital, no full stop.</param>
/// <param name="Hint">What to do about it.</param>
internal sealed record Failure(int ExitCode, string Code, string Detail, string? Hint = null)
{
    /// <summary>The server's problem document (RFC 9457), where there is one.</summary>
    public JsonElement? Problem { get; init; }

    /// <summary>Whether something may have been recorded all the same; null for a question, which records nothing.</summary>
    public bool? OutcomeUnknown { get; init; }

    public static Failure Usage(string code, string detail, string? hint = null) => new(Cli.ExitCode.Usage, code, detail, hint);

    public static Failure Refused(string code, string detail, string? hint = null) => new(Cli.ExitCode.Refused, code, detail, hint);

    public static Failure Unknown(string code, string detail, string? hint = null) => new(Cli.ExitCode.Unknown, code, detail, hint);

    /// <summary>An answer that is not what the server promises to give: nothing may be concluded from it.</summary>
    public static Failure Garbled(string what) => Unknown(
        "answer_garbled", $"the server's answer cannot be believed: {what}", "check that LEDGER_URL names a ledger of this version and that nothing in between changes its answers");

    /// <summary>The same, for a command that asks something: where a question was not answered, the answer is not known.</summary>
    public Failure AsUnanswered() => this with { ExitCode = Cli.ExitCode.Unknown };
}
