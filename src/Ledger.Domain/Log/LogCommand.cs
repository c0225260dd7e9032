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
}
