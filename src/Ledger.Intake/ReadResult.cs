namespace Ledger.Intake;

/// <summary>What came of reading a report.</summary>
public abstract record ReadResult
{
    private ReadResult()
    {
    }

    internal abstract bool Succeeded { get; }

    /// <summary>The report was read.</summary>
    /// <param name="Reading">What it says.</param>
    public sealed record Read(Reading Reading) : ReadResult
    {
        internal override bool Succeeded => true;
    }

    /// <summary>The bytes are not a report that can be read; nothing may be recorded from them.</summary>
    /// <param name="Code">One of <see cref="RefusalCodes"/>; stable.</param>
    /// <param name="Message">What is wrong, for people; contains nothing of the report but names of members.</param>
    /// <param name="Hint">What to do about it.</param>
    public sealed record Refused(string Code, string Message, string Hint) : ReadResult
    {
        internal override bool Succeeded => false;
    }
}
