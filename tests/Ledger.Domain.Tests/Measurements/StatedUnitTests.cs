using Ledger.Domain.Measurements;

namespace Ledger.Domain.Tests.Measurements;

public class StatedUnitTests
{
    [Theory]
    [InlineData("ms", Unit.Milliseconds, 85, 85)]
    [InlineData("s", Unit.Milliseconds, 0.085, 85)]
    [InlineData("us", Unit.Milliseconds, 1, 0.001)]
    [InlineData("%", Unit.Ratio, 0.7, 0.007)]
    [InlineData("%", Unit.Ratio, 0.5, 0.005)]
    [InlineData("ratio", Unit.Ratio, 0.5, 0.5)]
    [InlineData("count", Unit.Count, -3, -3)]
    [InlineData("MiB", Unit.Bytes, 1.5, 1_572_864)]
    [InlineData("bool", Unit.Boolean, 1, 1)]
    [InlineData("/s", Unit.PerSecond, 1e300, 1e300)]
    [InlineData("s", Unit.Milliseconds, 1e-12, 1e-9)]
    public void A_number_is_converted_as_a_threshold_in_that_unit_is(string text, Unit unit, double number, double expected)
    {
        StatedUnit.TryParse(text, out var stated).ShouldBeTrue();
        (stated.Unit, stated.Convert(number)).ShouldBe((unit, expected));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("parsec")]
    [InlineData("0")]
    [InlineData("5min")]
    [InlineData("Ratio")]
    public void What_is_no_unit_is_none(string? text) => StatedUnit.TryParse(text, out _).ShouldBeFalse();
}
