using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>Text with one PEM block (RFC 7468).</summary>
internal static class Pem
{
    /// <summary>The most characters that are read: a private RSA key of 8192 bits has less than 7,000.</summary>
    public const int MaxLength = 16_384;

    /// <summary>What <c>openssl ecparam -genkey</c> writes before the key, and the key says again.</summary>
    private const string EcParameters = "EC PARAMETERS";

    public static bool TryDecode(ReadOnlySpan<char> pem, string label, out byte[] der, [NotNullWhen(false)] out string? error)
    {
        if (!TryDecode(pem, out var found, out der, out error)) return false;
        if (found == label) return true;
        CryptographicOperations.ZeroMemory(der);
        (der, error) = ([], $"the PEM block is not a {label}");
        return false;
    }

    public static bool TryDecode(ReadOnlySpan<char> pem, out string label, out byte[] der, [NotNullWhen(false)] out string? error)
    {
        (label, der, error) = ("", [], null);
        if (pem.Length > MaxLength) error = $"the text is longer than {MaxLength} characters";
        else if (!PemEncoding.TryFind(pem, out var fields)) error = "the text holds no PEM block";
        else if (pem[fields.Label].SequenceEqual(EcParameters)) return TryDecode(pem[fields.Location.End..], out label, out der, out error);
        else if (PemEncoding.TryFind(pem[fields.Location.End..], out _)) error = "the text holds more than one PEM block";
        else if (!TryDecode(pem, fields, out label, out der)) error = "the PEM block is not base64";
        return error is null;
    }

    private static bool TryDecode(ReadOnlySpan<char> pem, PemFields fields, out string label, out byte[] der)
    {
        label = pem[fields.Label].ToString();
        der = new byte[fields.DecodedDataLength];
        return Convert.TryFromBase64Chars(pem[fields.Base64Data], der, out _);
    }
}
