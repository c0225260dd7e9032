using System.Globalization;
using System.Text;

namespace Ledger.Integrity.Envelopes;

/// <summary>
/// What a DSSE signature is made over (DSSE 1.0.2, protocol.md, "Signature Definition"): the type and the body with their lengths, so that
/// neither can be moved into the other. These bytes are what <c>openssl dgst -sign</c> or a hardware key is given.
/// </summary>
public static class PreAuthenticationEncoding
{
    /// <summary><c>DSSEv1 SP LEN(type) SP type SP LEN(body) SP body</c>, lengths in bytes as ASCII decimals, as a new array.</summary>
    /// <exception cref="ArgumentException"><paramref name="payloadType"/> holds a lone surrogate.</exception>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        if (Utf16Text.HasLoneSurrogate(payloadType)) throw new ArgumentException("The type holds a lone surrogate.", nameof(payloadType));
        var typeBytes = Encoding.UTF8.GetByteCount(payloadType);
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {typeBytes} {payloadType} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }
}
