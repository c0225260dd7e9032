using System.Runtime.InteropServices;

namespace Ledger.Integrity.Archives;

/// <summary>The CRC-32 of ZIP (APPNOTE 4.4.7; reversed polynomial 0xEDB88320), eight bytes a step. It finds accidents; what finds intent is SHA-256.</summary>
internal struct Crc32()
{
    private static readonly uint[] Tables = BuildTables();

    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var tables = Tables;
        var state = _state;
        while (bytes.Length >= 8)
        {
            var low = MemoryMarshal.Read<uint>(bytes) ^ state;
            var high = MemoryMarshal.Read<uint>(bytes[4..]);
            state = tables[0x700 + (byte)low] ^ tables[0x600 + (byte)(low >> 8)] ^ tables[0x500 + (byte)(low >> 16)] ^ tables[0x400 + (low >> 24)]
                ^ tables[0x300 + (byte)high] ^ tables[0x200 + (byte)(high >> 8)] ^ tables[0x100 + (byte)(high >> 16)] ^ tables[high >> 24];
            bytes = bytes[8..];
        }

        foreach (var one in bytes) state = tables[(byte)(state ^ one)] ^ (state >> 8);
        _state = state;
    }

    private static uint[] BuildTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++) tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        return tables;
    }
}
