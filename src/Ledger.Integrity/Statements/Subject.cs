namespace Ledger.Integrity.Statements;

/// <summary>
/// An artifact that a statement is about (in-toto ResourceDescriptor). It is matched by digest alone; the name is for people. Equal where both
/// are the same. Immutable and thread-safe.
/// </summary>
public sealed record Subject
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 1024;

    /// <summary>Names an artifact.</summary>
    /// <param name="name">What people call it; null for nothing, at most <see cref="MaxNameLength"/>.</param>
    /// <param name="digests">Its digests.</param>
    /// <exception cref="ArgumentException">The name is too long, or holds U+0000 or a lone surrogate.</exception>
    public Subject(string? name, Digests digests)
    {
        if (name is not null && (name.Length > MaxNameLength || name.Contains('\0') || Utf16Text.HasLoneSurrogate(name)))
            throw new ArgumentException($"A subject's name has at most {MaxNameLength} characters, none of them U+0000 or half of one.", nameof(name));
        (Name, Digests) = (name, digests);
    }

    /// <summary>What people call it; null when it has no name.</summary>
    public string? Name { get; }

    /// <summary>Its digests.</summary>
    public Digests Digests { get; }
}
