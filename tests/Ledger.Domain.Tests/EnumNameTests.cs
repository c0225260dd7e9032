using System.Text.Json;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Tests;

public class EnumNameTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new EnumNameJsonConverter<Comparator>() } };

    [Fact]
    public void A_value_is_written_as_its_name_and_that_name_reads_back()
    {
        foreach (var comparator in Enum.GetValues<Comparator>())
        {
            var json = JsonSerializer.Serialize(comparator, Options);
            json.ShouldBe(JsonSerializer.Serialize(comparator));
            JsonSerializer.Deserialize<Comparator>(json, Options).ShouldBe(comparator);
        }

        JsonSerializer.Serialize(Comparator.NotEqual, Options).ShouldBe("\"!=\"");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("9")]
    [InlineData("\"Equal\"")]
    [InlineData("\" ==\"")]
    [InlineData("\"==, !=\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    public void No_other_spelling_is_read(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Comparator>(json, Options));

    [Fact]
    public void Whoever_reads_the_refusal_sees_what_is_expected() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Comparator>("\"=\"", Options)).Message.ShouldStartWith("one of these is expected: <, <=, >, >=, ==, !=");
}
