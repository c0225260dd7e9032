namespace Ledger.Intake.Policies;

/// <summary>A document taken apart, whatever its policy may be worth.</summary>
internal abstract record SourceReading
{
    private SourceReading()
    {
    }

    internal abstract bool IsReadable { get; }

    /// <summary>As JSON, with the place of every value.</summary>
    internal sealed record Readable(ReadOnlyMemory<byte> Json, SourceNode Root) : SourceReading
    {
        internal override bool IsReadable => true;
    }

    internal sealed record Unreadable(PolicyDocumentProblem Problem) : SourceReading
    {
        internal override bool IsReadable => false;
    }
}
