namespace Ledger.Intake;

/// <summary>What came of reading a document that is no gate's report: an event, an object of Argo's, an alert.</summary>
/// <typeparam name="T">What it says.</typeparam>
public abstract record IntakeResult<T>
{
    private IntakeResult()
    {
    }

    internal abstract bool Succeeded { get; }

    /// <summary>It was read.</summary>
    /// <param name="Value">What it says.</param>
    public sealed record Read(T Value) : IntakeResult<T>
    {
        internal override bool Succeeded => true;
    }

    /// <summary>It cannot be read; nothing may be recorded from it.</summary>
    /// <param name="Code">One of <see cref="RefusalCodes"/>; stable.</param>
    /// <param name="Message">What is wrong, for people; contains nothing of the document but names of members.</param>
    /// <param name="Hint">What to do about it.</param>
    public sealed record Refused(string Code, string Message, string Hint) : IntakeResult<T>
    {
        internal override bool Succeeded => false;
    }
}
