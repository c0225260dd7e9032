using Ledger.Domain.Policies;

namespace Ledger.Intake.Policies;

/// <summary>What reading a policy document came to.</summary>
public abstract record PolicyReadResult
{
    private PolicyReadResult()
    {
    }

    internal abstract bool IsRead { get; }

    /// <summary>The document is a policy, and one that can be satisfied.</summary>
    /// <param name="Policy">With every default filled in.</param>
    /// <param name="Json">The normal form in UTF-8, ready to be made canonical: equal policies have equal bytes.</param>
    /// <param name="Warnings">What the author should know; usually empty.</param>
    public sealed record Read(Policy Policy, ReadOnlyMemory<byte> Json, IReadOnlyList<PolicyDocumentProblem> Warnings) : PolicyReadResult
    {
        internal override bool IsRead => true;
    }

    /// <summary>The document cannot be published.</summary>
    /// <param name="Problems">At least one error, in the order of the document; warnings may stand among them.</param>
    public sealed record Refused(IReadOnlyList<PolicyDocumentProblem> Problems) : PolicyReadResult
    {
        internal override bool IsRead => false;
    }
}
