namespace Ledger.GraphQL.Types;

/// <summary>An error within a leaf value.</summary>
/// <param name="Message">For the client; null when an item is null that may not be, which the executor says with the field's name.</param>
/// <param name="Code">Goes out as <c>extensions.code</c>.</param>
/// <param name="Path">Indices from the field's value inwards, outermost first; empty for the value itself.</param>
public sealed record LeafError(string? Message, string Code, IReadOnlyList<int> Path);

/// <summary>What came of writing a leaf.</summary>
/// <param name="IsNull">
/// Nothing was written, and the value is null: because it is, or because of an error. Whether null is allowed here is the caller's to see;
/// where <paramref name="Errors"/> is not null, a non-null type adds no error of its own.
/// </param>
/// <param name="Errors">Errors to report, each at the field's path and its own; null when there are none, which allocates nothing.</param>
public readonly record struct LeafOutcome(bool IsNull, IReadOnlyList<LeafError>? Errors = null)
{
    /// <summary>The value was written.</summary>
    public static LeafOutcome Written => default;

    /// <summary>The value is null, and nothing is wrong with that so far.</summary>
    public static LeafOutcome Null => new(true);
}
