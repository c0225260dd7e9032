namespace Ledger.Domain.Policies;

/// <summary>What reading a policy's JSON came to.</summary>
public abstract record PolicyReading
{
    private PolicyReading()
    {
    }

    internal abstract bool IsSuccess { get; }

    /// <summary>The JSON has a policy's shape. Whether it can be satisfied is <see cref="PolicyChecker"/>'s to say.</summary>
    /// <param name="Policy">With every default filled in.</param>
    public sealed record Success(Policy Policy) : PolicyReading
    {
        internal override bool IsSuccess => true;
    }

    /// <summary>The JSON has not a policy's shape.</summary>
    /// <param name="Problems">At least one, in document order as far as possible.</param>
    public sealed record Refused(IReadOnlyList<PolicyProblem> Problems) : PolicyReading
    {
        internal override bool IsSuccess => false;
    }
}
