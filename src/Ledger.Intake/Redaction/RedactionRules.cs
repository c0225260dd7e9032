namespace Ledger.Intake.Redaction;

/// <summary>Which strings of a tool's documents are secrets by their place, whatever they look like.</summary>
/// <param name="IsSecret">
/// Told by the path from the root: names of members, and <see cref="Item"/> for an item of an array.
/// </param>
/// <param name="SecretOfItem">For a root that is an array: the secret that item speaks of, wherever in the item it is repeated; or null.</param>
internal sealed record RedactionRules(SecretPlace? IsSecret, IReadOnlyList<string?>? SecretOfItem = null)
{
    /// <summary>Stands for an item of an array in a path.</summary>
    public const string Item = "[]";

    /// <summary>No place of its own.</summary>
    public static RedactionRules None { get; } = new((SecretPlace?)null);
}

/// <summary>Whether the string at a path is a secret.</summary>
internal delegate bool SecretPlace(ReadOnlySpan<string> path);
