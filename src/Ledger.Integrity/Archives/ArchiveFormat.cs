using System.Buffers.Binary;
using System.Text;

namespace Ledger.Integrity.Archives;

/// <summary>
/// The one way an archive is written: ZIP (PKWARE APPNOTE 6.3.10) with files stored as they are, all of them of 1980-01-01 00:00, without
/// extra fields, comments, data descriptors and ZIP64. So a file list and the files' bytes have one archive, and every bit of it means something.
/// </summary>
internal static class ArchiveFormat
{
    public const int LocalHeaderLength = 30;
    public const int CentralHeaderLength = 46;
    public const int EndLength = 22;

    private const ushort Version = 10; // APPNOTE 4.4.3.2: stored files
    private const ushort Date = 0x0021; // APPNOTE 4.4.6: 1980-01-01

    /// <summary>APPNOTE 4.3.7.</summary>
    public static byte[] LocalHeader(ArchiveEntry entry)
    {
        var header = new byte[LocalHeaderLength + entry.Path.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
        WriteCommon(header.AsSpan(4), entry);
        Encoding.ASCII.GetBytes(entry.Path, header.AsSpan(LocalHeaderLength));
        return header;
    }

    /// <summary>APPNOTE 4.3.12.</summary>
    public static byte[] CentralHeader(ArchiveEntry entry)
    {
        var header = new byte[CentralHeaderLength + entry.Path.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), Version);
        WriteCommon(header.AsSpan(6), entry);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), (uint)entry.Offset);
        Encoding.ASCII.GetBytes(entry.Path, header.AsSpan(CentralHeaderLength));
        return header;
    }

    /// <summary>APPNOTE 4.3.16.</summary>
    public static byte[] End(int entries, long directoryOffset, long directorySize)
    {
        var end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)directorySize);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)directoryOffset);
        return end;
    }

    // Both headers have these 26 bytes; flags, method, and the length of extra fields stay 0.
    private static void WriteCommon(Span<byte> header, ArchiveEntry entry)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(header, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Date);
        BinaryPrimitives.WriteUInt32LittleEndian(header[10..], entry.Crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(header[14..], (uint)entry.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(header[18..], (uint)entry.Size);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)entry.Path.Length);
    }
}
