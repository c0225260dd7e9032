using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ledger.Integrity.Timestamps;

/// <summary>The root certificates that timestamps are believed under: these alone, whatever the machine trusts. Immutable and thread-safe.</summary>
public sealed class TimestampAnchors
{
    /// <summary>The most certificates.</summary>
    public const int MaxCount = 64;

    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1_048_576;

    private const string PemLabel = "CERTIFICATE";

    private TimestampAnchors(IReadOnlyList<X509Certificate2> roots) => Roots = roots;

    internal IReadOnlyList<X509Certificate2> Roots { get; }

    /// <summary>The SHA-256 fingerprints of the certificates' DER, in order.</summary>
    public IReadOnlyList<Hash> Fingerprints => [.. Roots.Select(root => Hash.Sha256(root.RawDataMemory.Span))];

    /// <summary>Reads certificates from PEM.</summary>
    /// <param name="pem">One to <see cref="MaxCount"/> blocks <c>CERTIFICATE</c> and no other block; each issued by itself.</param>
    /// <param name="anchors">The certificates; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParsePem(ReadOnlySpan<char> pem, [NotNullWhen(true)] out TimestampAnchors? anchors, [NotNullWhen(false)] out string? error)
    {
        anchors = null;
        var roots = new List<X509Certificate2>();
        error = pem.Length > MaxLength ? $"the text is longer than {MaxLength} characters" : Parse(pem, roots);
        if (error is null) anchors = new TimestampAnchors(roots);
        return error is null;
    }

    private static string? Parse(ReadOnlySpan<char> pem, List<X509Certificate2> roots)
    {
        while (PemEncoding.TryFind(pem, out var fields))
        {
            if (!pem[fields.Label].SequenceEqual(PemLabel)) return $"a PEM block is not a {PemLabel}";
            if (roots.Count == MaxCount) return $"there are more than {MaxCount} certificates";
            if (Load(pem[fields.Base64Data], fields.DecodedDataLength) is not { } root) return $"certificate {roots.Count + 1} is malformed";
            roots.Add(root);
            if (!root.SubjectName.RawData.AsSpan().SequenceEqual(root.IssuerName.RawData)) return $"certificate {roots.Count} is not a root: another issued it";
            pem = pem[fields.Location.End..];
        }

        return roots.Count == 0 ? "the text holds no PEM block" : null;
    }

    private static X509Certificate2? Load(ReadOnlySpan<char> base64, int length)
    {
        var der = new byte[length];
        if (!Convert.TryFromBase64Chars(base64, der, out _)) return null;
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
