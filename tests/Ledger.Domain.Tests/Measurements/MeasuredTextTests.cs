using Ledger.Domain.Measurements;

namespace Ledger.Domain.Tests.Measurements;

public sealed class MeasuredTextTests
{
    [Theory]
    [InlineData(287, Unit.Milliseconds, "287ms")]
    [InlineData(0.5, Unit.Milliseconds, "0.5ms")]
    [InlineData(9_999, Unit.Milliseconds, "9999ms")]
    [InlineData(10_000, Unit.Milliseconds, "10s")]
    [InlineData(212_000, Unit.Milliseconds, "212s")]
    [InlineData(600_000, Unit.Milliseconds, "10min")]
    [InlineData(1_800_214.6, Unit.Milliseconds, "30min")]
    [InlineData(0.0011, Unit.Ratio, "0.11%")]
    [InlineData(0.9997, Unit.Ratio, "99.97%")]
    [InlineData(1, Unit.Ratio, "100%")]
    [InlineData(0, Unit.Ratio, "0%")]
    [InlineData(0.0004854368932038835, Unit.Ratio, "0.04854%")]
    [InlineData(1247.03, Unit.PerSecond, "1247/s")]
    [InlineData(0.12, Unit.UsDollars, "$0.12")]
    [InlineData(1, Unit.Boolean, "true")]
    [InlineData(0, Unit.Boolean, "false")]
    [InlineData(-3, Unit.Count, "-3")]
    [InlineData(-0.25, Unit.Count, "-0.25")]
    [InlineData(2.5e18, Unit.Count, "2.5E+18")]
    [InlineData(1e-9, Unit.Count, "1E-09")]
    [InlineData(4096, Unit.Bytes, "4096B")]
    public void A_measured_value_reads_as_people_write_it(double value, Unit unit, string text) => MeasuredText.Of(value, unit).ShouldBe(text);

    [Fact]
    public void Without_a_unit_it_is_the_number() => MeasuredText.Of(0.125, null).ShouldBe("0.125");
}
