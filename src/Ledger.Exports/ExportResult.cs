using Ledger.Domain;

namespace Ledger.Exports;

/// <summary>What came of asking for an export.</summary>
public abstract record ExportResult
{
    private ExportResult() { }

    internal abstract bool IsReady { get; }

    /// <summary>It can be written.</summary>
    /// <param name="FileName">What to call it.</param>
    /// <param name="WriteAsync">Writes it from front to back.</param>
    public sealed record Ready(string FileName, Func<Stream, CancellationToken, Task> WriteAsync) : ExportResult
    {
        internal override bool IsReady => true;
    }

    /// <summary>It cannot, and why.</summary>
    public sealed record Refused(Refusal Refusal) : ExportResult
    {
        internal override bool IsReady => false;
    }
}
