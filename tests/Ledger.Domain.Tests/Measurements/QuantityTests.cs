using System.Text.Json;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Tests.Measurements;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("150ms", 150, Unit.Milliseconds)]
    [InlineData("5min", 300_000, Unit.Milliseconds)]
    [InlineData("5m", 300_000, Unit.Milliseconds)]
    [InlineData("24h", 86_400_000, Unit.Milliseconds)]
    [InlineData("7d", 604_800_000, Unit.Milliseconds)]
    [InlineData("250us", 0.25, Unit.Milliseconds)]
    [InlineData("0.5%", 0.005, Unit.Ratio)]
    [InlineData("99.95 %", 0.9995, Unit.Ratio)]
    [InlineData("1000/s", 1000, Unit.PerSecond)]
    [InlineData("10.2rps", 10.2, Unit.PerSecond)]
    [InlineData("$0.20", 0.2, Unit.UsDollars)]
    [InlineData("256MiB", 268_435_456, Unit.Bytes)]
    [InlineData("1MB", 1_000_000, Unit.Bytes)]
    [InlineData("true", 1, Unit.Boolean)]
    [InlineData("false", 0, Unit.Boolean)]
    [InlineData("-3", -3, null)]
    public void A_quantity_is_read_exactly_and_keeps_its_text(string text, double value, Unit? unit)
    {
        Quantity.TryParse($" {text} ", out var quantity).ShouldBeTrue();
        (quantity.Text, quantity.Value, quantity.Unit).ShouldBe((text, value, unit));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ms")]
    [InlineData("five")]
    [InlineData("5 parsecs")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("True")]
    [InlineData("99999999999999999999999999999d")]
    [InlineData("00000000000000000000000000000000000000001")]
    public void What_is_not_a_quantity_is_refused(string? text) => Quantity.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_bare_number_fits_every_unit_and_another_only_its_own()
    {
        Quantity.TryParse("5", out var bare).ShouldBeTrue();
        Quantity.TryParse("5ms", out var duration).ShouldBeTrue();
        bare.Fits(Unit.Bytes).ShouldBeTrue();
        duration.Fits(Unit.Milliseconds).ShouldBeTrue();
        duration.Fits(Unit.Count).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"0.5%\"", "0.5%")]
    [InlineData("0.50", "0.50")]
    [InlineData("true", "true")]
    public void JSON_strings_numbers_and_booleans_are_read(string json, string text) =>
        JsonSerializer.Deserialize<Quantity>(json).Text.ShouldBe(text);

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"fast\"")]
    [InlineData("{}")]
    public void Other_JSON_is_refused_as_JSON(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Quantity>(json));
}
