namespace Ledger.Domain.Log;

/// <summary>What may be asked of the log itself.</summary>
public abstract record LogCommand : LedgerCommand
{
    /// <summary>The stream of the log's own events.</summary>
    public const string StreamName = "ledger";

    private LogCommand() { }

    internal override string Stream => StreamName;

    /// <summary>Begin the log.</summary>
    public sealed record Create(string Origin, string VerifierKey) : LogCommand
    {
        internal override string Act => "begin the log";
    }

    /// <summary>Hold the clock of a sandbox. It is decided at the very time that it is to show, or at the log's where that is later.</summary>
    /// <param name="To">The time to hold it at; null to let it run with the real clock.</param>
    public sealed record SetClock(DateTimeOffset? To) : LogCommand
    {
        internal override string Act => "set the clock";
    }
}
