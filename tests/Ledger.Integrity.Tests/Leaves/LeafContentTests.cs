using System.Buffers;
using System.Text;

using Ledger.Integrity.Leaves;

namespace Ledger.Integrity.Tests.Leaves;

public class LeafContentTests
{
    private const string Sound =
        """{"actor":{"id":"ci"},"data":{"a":[1,{"b":null}]},"id":"00000000-0000-0000-0000-000000000001","prev":null,"stream":"release/a/1","time":"2026-01-31T12:00:00.000000Z","type":"gate_reported","version":1}""";

    [Fact]
    public void What_was_written_is_read_again()
    {
        var written = new EventLeaf
        {
            Id = Guid.Parse("0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
            Stream = "quote\" back\\slash Ünïcode/😂",
            Version = 7,
            Type = "tab\t",
            Time = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(42),
            Actor = """{"id":"ci"}"""u8,
            Data = "{}"u8,
            Prev = Hash.Sha256("previous"u8),
        };
        var output = new ArrayBufferWriter<byte>();
        written.TryWrite(output, out _).ShouldBeTrue();
        LeafContent.TryParse(output.WrittenMemory.ToArray(), out var read, out _).ShouldBeTrue();

        (read!.Id, read.Stream, read.Version, read.Type, read.Time, read.Prev).ShouldBe((written.Id, written.Stream, written.Version, written.Type, written.Time, written.Prev));
        read.Actor.ToArray().ShouldBe("""{"id":"ci"}"""u8.ToArray());
        read.Data.ToArray().ShouldBe("{}"u8.ToArray());
    }

    [Fact]
    public void The_data_is_the_bytes_that_the_leaf_holds()
    {
        LeafContent.TryParse(Encoding.UTF8.GetBytes(Sound), out var read, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(read!.Data.Span).ShouldBe("""{"a":[1,{"b":null}]}""");
    }

    [Theory]
    [InlineData("{\"actor\"", " {\"actor\"")]
    [InlineData("\"version\":1", "\"version\":1.5")]
    [InlineData("\"version\":1", "\"version\":-1")]
    [InlineData("\"version\":1", "\"version\":\"1\"")]
    [InlineData("\"version\":1}", "\"version\":1,\"w\":1}")]
    [InlineData("{\"actor\"", "{\"a\":1,\"actor\"")]
    [InlineData("\"type\":\"gate_reported\",", "")]
    [InlineData("\"type\":\"gate_reported\"", "\"type\":null")]
    [InlineData("0001\"", "000A\"")]
    [InlineData("00000000-0000-0000-0000-000000000001", "00000000000000000000000000000001")]
    [InlineData("\"prev\":null", "\"prev\":\"00\"")]
    [InlineData("\"prev\":null", "\"prev\":0")]
    [InlineData(".000000Z", ".0000000Z")]
    [InlineData(".000000Z", "Z")]
    [InlineData(".000000Z", ".000000+00:00")]
    [InlineData("2026-01-31", "2026-02-31")]
    public void A_leaf_that_no_event_has_is_refused(string old, string replacement)
    {
        Sound.ShouldContain(old);
        LeafContent.TryParse(Encoding.UTF8.GetBytes(Sound.Replace(old, replacement, StringComparison.Ordinal)), out _, out var error).ShouldBeFalse();
        error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_leaf_that_is_too_long_is_refused_before_it_is_read() =>
        LeafContent.TryParse(new byte[EventLeaf.MaxLeafBytes + 1], out _, out _).ShouldBeFalse();
}
