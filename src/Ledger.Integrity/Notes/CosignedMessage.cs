using System.Buffers.Binary;
using System.Globalization;

namespace Ledger.Integrity.Notes;

/// <summary>C2SP tlog-cosignature, "Format" and "Ed25519 signed message".</summary>
internal static class CosignedMessage
{
    public const int SignatureLength = sizeof(ulong) + 64;

    public static byte[] Encode(string checkpointText, long unixSeconds) =>
        NoteText.ToBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixSeconds}\n{checkpointText}"));

    public static byte[] Join(long unixSeconds, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[sizeof(ulong) + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, unixSeconds);
        signature.CopyTo(bytes.AsSpan(sizeof(ulong)));
        return bytes;
    }

    /// <returns>False when the length is wrong, or the time is beyond 2^63 − 1.</returns>
    public static bool TrySplit(ReadOnlySpan<byte> bytes, out long unixSeconds, out ReadOnlySpan<byte> signature)
    {
        unixSeconds = 0;
        signature = default;
        if (bytes.Length != SignatureLength) return false;
        unixSeconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        signature = bytes[sizeof(ulong)..];
        return unixSeconds >= 0;
    }
}
