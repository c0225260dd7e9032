using Ledger.Domain.Measurements;
using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests.Readers;

public class MeasurementsReaderTests
{
    [Theory]
    [InlineData("""{"name":"a","value":1}""", 1, Unit.Count)]
    [InlineData("""{"name":"a","value":"42"}""", 42, Unit.Count)]
    [InlineData("""{"name":"a","value":"62%"}""", 0.62, Unit.Ratio)]
    [InlineData("""{"name":"a","value":"120ms"}""", 120, Unit.Milliseconds)]
    [InlineData("""{"name":"a","value":"120ms","unit":"ms"}""", 120, Unit.Milliseconds)]
    [InlineData("""{"name":"a","value":0.5,"unit":"ratio"}""", 0.5, Unit.Ratio)]
    [InlineData("""{"name":"a","value":true}""", 1, Unit.Boolean)]
    [InlineData("""{"name":"a","value":false,"unit":"bool"}""", 0, Unit.Boolean)]
    public void A_value_is_read_in_its_unit(string measurement, double value, Unit unit) =>
        Read("measurements", $$"""{"measurements":[{{measurement}}]}""").Measurements.ShouldBe([new Measurement("a", value, unit)]);

    [Theory]
    [InlineData("""{"measurements":[{"name":"a","value":1,"comment":"x"}]}""")]
    [InlineData("""{"measurements":[{"name":"a","value":1}],"extra":1}""")]
    [InlineData("""{"measurements":[{"name":"a","value":"120ms","unit":"ratio"}]}""")]
    [InlineData("""{"measurements":[{"name":"a","value":1,"unit":"furlong"}]}""")]
    [InlineData("""{"measurements":[{"name":"a","value":true,"unit":"count"}]}""")]
    [InlineData("""{"measurements":[{"name":"a","value":2,"unit":"bool"}]}""")]
    [InlineData("""{"measurements":[{"name":"a","value":null}]}""")]
    [InlineData("""{"measurements":[{"name":"a"}]}""")]
    [InlineData("""{"measurements":[{"value":1}]}""")]
    [InlineData("""{"measurements":[{"name":"has space","value":1}]}""")]
    [InlineData("""{"measurements":[{"name":"a","value":1e999}]}""")]
    [InlineData("""{"measurements":[{"name":"a","value":1},{"name":"a","value":2}]}""")]
    [InlineData("""{"measurements":["a"]}""")]
    [InlineData("""{"measurements":{}}""")]
    [InlineData("""{"measurements":[],"subject":{"commit":"main"}}""")]
    [InlineData("""{"measurements":[],"subject":{"artifact":"shop:latest"}}""")]
    [InlineData("""{"measurements":[],"subject":{"version":"1"}}""")]
    [InlineData("""{"measurements":[],"source":7}""")]
    public void What_is_not_as_it_must_be_is_refused(string report) => Refusal("measurements", report).ShouldBe(RefusalCodes.Malformed);

    [Fact]
    public void A_document_without_measurements_proves_nothing() => Read("measurements", """{"measurements":[]}""").Evaluated.ShouldBeFalse();

    [Fact]
    public void Exactly_500_measurements_are_read_and_501_refused()
    {
        static string Document(int count) => $$"""{"measurements":[{{string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{"name":"m{{i}}","value":{{i}}}"""))}}]}""";
        Read("measurements", Document(500)).Measurements.Count.ShouldBe(500);
        Refusal("measurements", Document(501)).ShouldBe(RefusalCodes.TooManyMeasurements);
    }
}
