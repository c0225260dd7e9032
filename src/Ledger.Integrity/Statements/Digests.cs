using System.Diagnostics.CodeAnalysis;

namespace Ledger.Integrity.Statements;

/// <summary>One artifact's digests by algorithm (in-toto DigestSet), the algorithms in ordinal order. Immutable and thread-safe.</summary>
public sealed class Digests : IEquatable<Digests>
{
    /// <summary>The most algorithms.</summary>
    public const int MaxCount = 16;

    private const int MaxAlgorithmLength = 64;
    private const int MaxHexLength = 256;

    private readonly SortedDictionary<string, string> _byAlgorithm;

    private Digests(SortedDictionary<string, string> byAlgorithm) => _byAlgorithm = byAlgorithm;

    /// <summary>Each algorithm, e.g. <c>sha256</c>, with the digest in lower-case hexadecimal.</summary>
    public IReadOnlyDictionary<string, string> ByAlgorithm => _byAlgorithm;

    /// <summary>The digest that the ledger goes by: an artifact is matched by SHA-256. Null where there is none.</summary>
    public Hash? Sha256 => _byAlgorithm.TryGetValue("sha256", out var hex) && Hash.TryParseHex(hex, out var hash) ? hash : null;

    /// <summary>The digests of an artifact of which only SHA-256 is known.</summary>
    public static Digests Of(Hash sha256) => new(new(StringComparer.Ordinal) { ["sha256"] = sha256.ToString() });

    /// <summary>Takes digests: at least one, at most <see cref="MaxCount"/>.</summary>
    /// <param name="byAlgorithm">Lower-case hexadecimal by algorithm; where the algorithm's length is known, of that length.</param>
    /// <param name="digests">The digests; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryCreate(
        IEnumerable<KeyValuePair<string, string>> byAlgorithm, [NotNullWhen(true)] out Digests? digests, [NotNullWhen(false)] out string? error)
    {
        (digests, error) = (null, null);
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (algorithm, hex) in byAlgorithm)
        {
            if (sorted.Count == MaxCount) error = $"there are more than {MaxCount} digests";
            else if (!IsAlgorithm(algorithm)) error = "a digest's algorithm is not a name of letters, digits and _";
            else if (!IsHex(hex) || !FitsAlgorithm(algorithm, hex.Length)) error = $"the {algorithm} digest is not lower-case hexadecimal of its length";
            else if (!sorted.TryAdd(algorithm, hex)) error = $"{algorithm} is there twice";
            if (error is not null) return false;
        }

        if (sorted.Count == 0) error = "there is no digest";
        else digests = new Digests(sorted);
        return error is null;
    }

    /// <inheritdoc/>
    public bool Equals(Digests? other) => other is not null && _byAlgorithm.SequenceEqual(other._byAlgorithm);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Digests);

    /// <inheritdoc/>
    public override int GetHashCode() => _byAlgorithm.Aggregate(0, (hash, each) => HashCode.Combine(hash, each.Key, each.Value));

    private static bool IsAlgorithm(string text) => text.Length is > 0 and <= MaxAlgorithmLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsHex(string text) => text.Length is > 0 and <= MaxHexLength && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigitLower);

    // digest_set.md; a git object's digest is SHA-1 or SHA-256.
    private static bool FitsAlgorithm(string algorithm, int hexLength) => algorithm switch
    {
        "sha1" => hexLength == 40,
        "sha256" or "sha512_256" or "sha3_256" => hexLength == 64,
        "sha384" or "sha3_384" => hexLength == 96,
        "sha512" or "sha3_512" => hexLength == 128,
        "gitCommit" or "gitTree" or "gitBlob" or "gitTag" => hexLength is 40 or 64,
        _ => true,
    };
}
