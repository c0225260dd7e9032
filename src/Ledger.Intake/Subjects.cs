using System.Collections.Immutable;

namespace Ledger.Intake;

/// <summary>What a report itself says it is about. Empty where it does not say; the release then cannot be checked against it.</summary>
/// <param name="Commits">Commits, as lower-case hexadecimal digits, in order of appearance, each once.</param>
/// <param name="Digests">Manifest digests of artifacts, as <c>sha256:</c> and 64 lower-case hexadecimal digits, in order of appearance, each once.</param>
public sealed record Subjects(IReadOnlyList<string> Commits, IReadOnlyList<string> Digests)
{
    /// <summary>A report that names nothing.</summary>
    public static Subjects None { get; } = new(ImmutableArray<string>.Empty, ImmutableArray<string>.Empty);
}
