using System.Buffers;

using Ledger.Integrity.Tiles;

namespace Ledger.Integrity.Tests.Tiles;

public class EntryBundleTests
{
    [Fact]
    public void An_entry_follows_its_length_in_16_bits_big_endian() =>
        Bundle("one"u8.ToArray(), [], new byte[258]).ShouldBe([0, 3, .. "one"u8, 0, 0, 1, 2, .. new byte[258]]);

    [Fact]
    public void Entries_read_back_as_they_were_written()
    {
        byte[][] entries = ["one"u8.ToArray(), [], new byte[EntryBundle.MaxEntryBytes]];
        EntryBundle.TryRead(Bundle(entries), 3, out var read).ShouldBeTrue();
        read.Select(entry => entry.ToArray()).ShouldBe(entries);
    }

    [Fact]
    public void A_bundle_that_is_not_exactly_its_entries_is_refused()
    {
        var bundle = Bundle("one"u8.ToArray(), "two"u8.ToArray());
        EntryBundle.TryRead(bundle, 2, out _).ShouldBeTrue();
        foreach (var width in new[] { -1, 0, 1, 3, 257 }) EntryBundle.TryRead(bundle, width, out _).ShouldBeFalse();
        for (var length = 0; length < bundle.Length; length++) EntryBundle.TryRead(bundle.AsMemory(0, length), 2, out _).ShouldBeFalse();
        EntryBundle.TryRead((byte[])[.. bundle, 0], 2, out _).ShouldBeFalse();
    }

    [Fact]
    public void An_entry_that_the_length_cannot_say_is_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() => EntryBundle.Write(new byte[EntryBundle.MaxEntryBytes + 1], new ArrayBufferWriter<byte>()));

    private static byte[] Bundle(params byte[][] entries)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var entry in entries) EntryBundle.Write(entry, output);
        return output.WrittenSpan.ToArray();
    }
}
