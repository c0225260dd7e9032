using System.Buffers;
using System.Text;

using Ledger.Integrity.Canonical;
using Ledger.Integrity.Leaves;

namespace Ledger.Integrity.Tests.Leaves;

public class EventLeafTests
{
    private static readonly DateTimeOffset Noon = new(2025, 8, 14, 14, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void A_leaf_is_the_canonical_object_of_eight_members() =>
        Golden.ShouldMatch(Text(Write(time: Noon.AddMicroseconds(42), prev: Hash.Sha256("previous"u8))), "EventLeaf.json");

    [Theory]
    [InlineData("release/cpt-ajan/v5.7.1", "gate_reported")]
    [InlineData("quote\" back\\slash", "tab\t bell\u0007 line\n")]
    [InlineData("Ünïcode/😂", "\u2028\uFB33")]
    [InlineData("", "")]
    public void A_leaf_is_its_own_canonical_form(string stream, string type)
    {
        var leaf = Write(stream, type, prev: Hash.Sha256("previous"u8));
        CanonicalJson.Canonicalize(leaf).ShouldBe(leaf);
    }

    [Fact]
    public void The_first_event_of_a_stream_has_a_null_prev() => Text(Write(version: 1)).ShouldContain("\"prev\":null,");

    [Fact]
    public void Time_is_written_in_UTC_with_six_digits_whatever_its_offset()
    {
        Text(Write(time: Noon)).ShouldContain("\"time\":\"2025-08-14T12:00:00.000000Z\"");
        Text(Write(time: DateTimeOffset.MinValue)).ShouldContain("\"time\":\"0001-01-01T00:00:00.000000Z\"");
        Text(Write(time: DateTimeOffset.MaxValue.AddTicks(-9))).ShouldContain("\"time\":\"9999-12-31T23:59:59.999999Z\"");
    }

    [Fact]
    public void A_part_of_a_microsecond_is_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() => Write(time: Noon.AddTicks(1)));

    [Theory]
    [InlineData(0)]
    [InlineData(EventLeaf.MaxVersion)]
    public void A_version_is_a_number_that_every_reader_reads_exactly(long version)
    {
        var leaf = Write(version: version);
        Text(leaf).ShouldEndWith($"\"version\":{version}}}");
        CanonicalJson.IsCanonical(leaf).ShouldBeTrue();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(EventLeaf.MaxVersion + 1)]
    public void A_version_out_of_range_is_a_mistake_of_the_caller(long version) =>
        Should.Throw<ArgumentException>(() => Write(version: version));

    [Fact] // Not a theory: its data is stored as UTF-8, which has no lone surrogates.
    public void Text_that_the_store_cannot_hold_is_a_mistake_of_the_caller()
    {
        foreach (var text in new[] { "nul\0", "lone\ud83d", "\ud83dx", "\ude02\ud83d" })
        {
            Should.Throw<ArgumentException>(() => Write(stream: text));
            Should.Throw<ArgumentException>(() => Write(type: text));
        }
    }

    [Fact]
    public void A_leaf_may_be_as_long_as_an_entry_bundle_can_hold_and_not_a_byte_longer()
    {
        var rest = Write(data: "\"\""u8.ToArray()).Length;
        Write(data: Json(EventLeaf.MaxLeafBytes - rest)).Length.ShouldBe(EventLeaf.MaxLeafBytes);

        foreach (var excess in new[] { 1, 100, 70_000 })
        {
            var output = new ArrayBufferWriter<byte>();
            Leaf(data: Json(EventLeaf.MaxLeafBytes - rest + excess)).TryWrite(output, out var length).ShouldBeFalse();
            length.ShouldBeGreaterThan(EventLeaf.MaxLeafBytes);
            output.WrittenCount.ShouldBe(0);
        }

        static byte[] Json(int length) => Encoding.ASCII.GetBytes($"\"{new string('x', length)}\"");
    }

    [Fact]
    public void A_long_stream_key_counts_as_it_is_escaped()
    {
        var output = new ArrayBufferWriter<byte>();
        Leaf(stream: new string('\u0001', 12_000)).TryWrite(output, out var length).ShouldBeFalse();
        length.ShouldBeGreaterThan(72_000);
        Leaf(stream: new string('x', 70_000)).TryWrite(output, out length).ShouldBeFalse();
        length.ShouldBeGreaterThan(EventLeaf.MaxLeafBytes);
    }

    private static string Text(byte[] leaf) => Encoding.UTF8.GetString(leaf);

    private static byte[] Write(
        string stream = "release/checkout/1.0.0", string type = "gate_reported", long version = 7, DateTimeOffset? time = null, byte[]? data = null, Hash? prev = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Leaf(stream, type, version, time, data, prev).TryWrite(output, out var length).ShouldBeTrue();
        length.ShouldBe(output.WrittenCount);
        return output.WrittenSpan.ToArray();
    }

    private static EventLeaf Leaf(
        string stream = "release/checkout/1.0.0", string type = "gate_reported", long version = 7, DateTimeOffset? time = null, byte[]? data = null, Hash? prev = null) =>
        new()
        {
            Id = Guid.Parse("0198A9C2-3F5B-7D11-9E00-0123456789AB"),
            Stream = stream,
            Version = version,
            Type = type,
            Time = time ?? Noon,
            Actor = """{"id":"ci/build"}"""u8,
            Data = data ?? """{"gate":"performance","outcome":"passed"}"""u8.ToArray(),
            Prev = prev,
        };
}
