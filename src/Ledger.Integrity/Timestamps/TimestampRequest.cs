using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Ledger.Integrity.Timestamps;

/// <summary>What a time-stamping authority is asked (RFC 3161 §2.4.1): the body of an <c>application/timestamp-query</c>.</summary>
public static class TimestampRequest
{
    /// <summary>The media type of a request (RFC 3161 §3.4).</summary>
    public const string MediaType = "application/timestamp-query";

    /// <summary>The media type of a response (RFC 3161 §3.4).</summary>
    public const string ResponseMediaType = "application/timestamp-reply";

    /// <summary>The longest nonce, in bytes.</summary>
    public const int MaxNonceBytes = 32;

    /// <summary>Asks for the time of a digest. The authority's certificates are asked for too: without them, nobody could verify later.</summary>
    /// <param name="imprint">SHA-256 of what is to be timestamped.</param>
    /// <param name="nonce">An unsigned big-endian number that nobody can guess, at most <see cref="MaxNonceBytes"/>; empty for none. It tells a fresh answer from an old one.</param>
    /// <returns>The DER of the TimeStampReq.</returns>
    /// <exception cref="ArgumentException">The nonce is too long.</exception>
    public static byte[] Encode(in Hash imprint, ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length > MaxNonceBytes) throw new ArgumentException($"A nonce has at most {MaxNonceBytes} bytes.", nameof(nonce));
        ReadOnlyMemory<byte>? integer = nonce.IsEmpty ? null : (byte[])[0, .. Significant(nonce)];
        return Rfc3161TimestampRequest.CreateFromHash(imprint.ToArray(), HashAlgorithmName.SHA256, nonce: integer, requestSignerCertificates: true).Encode();
    }

    /// <summary>A number without the zeros in front: DER writes one where the next bit is set, and none elsewhere.</summary>
    internal static ReadOnlySpan<byte> Significant(ReadOnlySpan<byte> number) => number.TrimStart((byte)0);
}
