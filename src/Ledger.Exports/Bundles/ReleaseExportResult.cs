using Ledger.Domain;

namespace Ledger.Exports.Bundles;

/// <summary>What came of asking for an export.</summary>
public abstract record ReleaseExportResult
{
    private ReleaseExportResult() { }

    internal abstract bool IsReady { get; }

    /// <summary>It can be written.</summary>
    /// <param name="FileName">What to call it.</param>
    /// <param name="WriteAsync">Writes it from front to back.</param>
    public sealed record Ready(string FileName, Func<Stream, CancellationToken, Task> WriteAsync) : ReleaseExportResult
    {
        internal override bool IsReady => true;
    }

    /// <summary>It cannot, and why.</summary>
    public sealed record Refused(Refusal Refusal) : ReleaseExportResult
    {
        internal override bool IsReady => false;
    }
}
