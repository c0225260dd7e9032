using System.Text.Json;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests;

public class EnumNameTests
{
    [Fact]
    public void A_value_is_written_as_its_name_and_that_name_reads_back()
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            JsonSerializer.Serialize(verdict).ShouldBe($"\"{Verdicts.Name(verdict)}\"");
            JsonSerializer.Deserialize<Verdict>($"\"{Verdicts.Name(verdict)}\"").ShouldBe(verdict);
        }

        foreach (var comparator in Enum.GetValues<Comparator>())
            JsonSerializer.Deserialize<Comparator>(JsonSerializer.Serialize(comparator)).ShouldBe(comparator);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("9")]
    [InlineData("\"Passed\"")]
    [InlineData("\" passed\"")]
    [InlineData("\"failed, passed\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    public void No_other_spelling_is_read(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Outcome>(json));

    [Fact]
    public void Whoever_reads_the_refusal_sees_what_is_expected() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Outcome>("\"won\"")).Message.ShouldStartWith("one of these is expected: not_evaluated, passed, failed");
}
