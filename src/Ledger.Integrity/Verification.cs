using System.Diagnostics.CodeAnalysis;

namespace Ledger.Integrity;

/// <summary>
/// What a check of a proof, a signature or a checkpoint found. Bad proofs are everyday input, so they are values and never exceptions.
/// Immutable and thread-safe.
/// </summary>
public sealed record Verification
{
    private Verification(string? code, string? reason) => (Code, Reason) = (code, reason);

    /// <summary>Everything that was to be checked was checked and holds.</summary>
    public static Verification Valid { get; } = new(null, null);

    /// <summary>A stable, snake_case code of what is wrong, for programs; null when valid.</summary>
    public string? Code { get; }

    /// <summary>What is wrong, for people; null when valid.</summary>
    public string? Reason { get; }

    /// <summary>Whether the check holds.</summary>
    [MemberNotNullWhen(false, nameof(Code), nameof(Reason))]
    public bool IsValid => Code is null;

    internal static Verification Invalid(string code, string reason) => new(code, reason);
}
