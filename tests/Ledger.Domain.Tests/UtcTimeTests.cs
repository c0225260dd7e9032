using System.Text.Json;

namespace Ledger.Domain.Tests;

public class UtcTimeTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new UtcTimeJsonConverter() } };

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000000Z")]
    [InlineData("2026-01-31T12:00:00.1234569Z", "2026-01-31T12:00:00.123456Z")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000000Z")]
    [InlineData("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000000Z")]
    [InlineData("2024-02-29T23:59:59.999999Z", "2024-02-29T23:59:59.999999Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999Z")]
    public void A_time_reads_to_UTC_in_whole_microseconds_and_is_written_one_way(string text, string written) =>
        JsonSerializer.Serialize(Read(text), Options).ShouldBe($"\"{written}\"");

    [Theory]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31")]
    public void A_time_without_its_offset_is_refused_because_it_would_mean_another_on_another_machine(string text) =>
        Should.Throw<JsonException>(() => Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("2026-01-31 12:00:00Z")]
    public void What_is_no_time_is_refused(string text) => Should.Throw<JsonException>(() => Read(text));

    [Theory]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("{}")]
    public void JSON_that_is_no_text_is_refused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(json, Options));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 10)]
    [InlineData(19, 10)]
    public void Truncating_cuts_and_never_rounds_up(long ticks, long kept) =>
        UtcTimeJsonConverter.Truncate(new DateTimeOffset(ticks, TimeSpan.Zero)).Ticks.ShouldBe(kept);

    private static DateTimeOffset Read(string text) => JsonSerializer.Deserialize<DateTimeOffset>($"\"{text}\"", Options);
}
