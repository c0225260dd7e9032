using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>Text with one PEM block of one label (RFC 7468).</summary>
internal static class Pem
{
    public static bool TryDecode(ReadOnlySpan<char> pem, string label, out byte[] der, [NotNullWhen(false)] out string? error)
    {
        der = [];
        error = null;
        if (!PemEncoding.TryFind(pem, out var fields)) error = "the text holds no PEM block";
        else if (!pem[fields.Label].SequenceEqual(label)) error = $"the PEM block is not a {label}";
        else if (PemEncoding.TryFind(pem[fields.Location.End..], out _)) error = "the text holds more than one PEM block";
        if (error is not null) return false;

        der = new byte[fields.DecodedDataLength];
        if (Convert.TryFromBase64Chars(pem[fields.Base64Data], der, out _)) return true;
        error = "the PEM block is not base64";
        return false;
    }
}
