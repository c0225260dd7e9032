using System.CommandLine;
using Ledger.Cli.Arguments;

namespace Ledger.Cli;

/// <summary>Options that several commands have in common.</summary>
internal sealed class SharedOptions
{
    private const int MaxKeyLength = 200;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <summary>On every command.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON", Recursive = true };

    /// <summary>On every command that speaks to a server.</summary>
    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        HelpName = "SPAN",
        Description = "How long it may take, trying again included: 30s unless given, 10m for an audit or an export",
        CustomParser = result =>
        {
            if (PointInTime.TryParseSpan(result.Tokens[0].Value, out var span) && span > TimeSpan.Zero && span <= LongestTimeout) return span;
            result.AddError($"'{result.Tokens[0].Value}' is not a span of time up to a day; write e.g. 30s");
            return null;
        },
    };

    /// <summary>On every command that has something recorded.</summary>
    public Option<string?> IdempotencyKey { get; } = new("--idempotency-key")
    {
        HelpName = "KEY",
        Description = "Names this command, so that it is recorded once however often it is given; random unless given",
        CustomParser = result =>
        {
            var key = result.Tokens[0].Value;
            if (key.Length is > 0 and <= MaxKeyLength && key.All(c => c is > ' ' and < '\x7f')) return key;
            result.AddError($"an idempotency key has 1 to {MaxKeyLength} visible ASCII characters");
            return null;
        },
    };

    /// <summary>On every command that appends to the log.</summary>
    public Option<string?> Receipt { get; } = new("--receipt") { HelpName = "FILE", Description = "Where the receipt goes: the event and its proof (C2SP tlog-proof), verified without a server by 'receipt verify'" };

    /// <summary>On every command that appends to the log.</summary>
    public Option<string?> Spool { get; } = new("--spool") { HelpName = "FOLDER", Description = "Where the command is kept while the server cannot be reached, for 'spool flush' to deliver it once" };

    /// <summary>The time-out that holds: what was given, else <paramref name="preset"/>, else 30 s.</summary>
    public TimeSpan TimeoutOf(ParseResult parsed, TimeSpan? preset) => parsed.GetValue(Timeout) ?? preset ?? DefaultTimeout;
}
