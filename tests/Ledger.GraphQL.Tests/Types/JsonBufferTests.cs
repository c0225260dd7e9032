using System.Text;
using System.Text.Json;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Types;

public class JsonBufferTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\"quotes\" and \\ backslashes")]
    [InlineData("\0\u0001\b\t\n\f\r\u001F\u007F")]
    [InlineData("caf\u00e9 \u20AC \U0001F600")]
    public void A_string_reads_back_as_it_was(string text)
    {
        Read(output => output.WriteString(text)).GetString().ShouldBe(text);
        Read(output => output.WriteString(Encoding.UTF8.GetBytes(text))).GetString().ShouldBe(text);
    }

    [Fact]
    public void Half_a_character_becomes_the_replacement_character() => Read(output => output.WriteString("a\uD83D")).GetString().ShouldBe("a\uFFFD");

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void An_integer_reads_back_as_it_was(long number) => Read(output => output.WriteInteger(number)).GetInt64().ShouldBe(number);

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e300)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void A_double_reads_back_as_it_was(double number) => Read(output => output.WriteDouble(number)).GetDouble().ShouldBe(number);

    [Fact]
    public void What_was_written_can_be_taken_back()
    {
        using var output = new JsonBuffer(1);
        output.WriteRaw("[1"u8);
        var length = output.Length;
        output.WriteString(new string('x', 10_000));
        output.Truncate(length);
        output.WriteRaw((byte)']');
        Encoding.UTF8.GetString(output.Written.Span).ShouldBe("[1]");
        Should.Throw<ArgumentOutOfRangeException>(() => output.Truncate(4));
    }

    private static JsonElement Read(Action<JsonBuffer> write)
    {
        using var output = new JsonBuffer(1);
        write(output);
        return JsonDocument.Parse(output.Written.ToArray()).RootElement;
    }
}
