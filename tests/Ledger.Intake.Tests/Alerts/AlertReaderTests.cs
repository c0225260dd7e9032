using System.Text;
using Ledger.Intake.Alerts;

namespace Ledger.Intake.Tests.Alerts;

public class AlertReaderTests
{
    private const string Firing = """
        {"status":"firing","labels":{"alertname":"ErrorBudgetBurn","severity":"Critical","service":"shop"},"annotations":{"summary":"burning; page jane.roe@example.com"},
         "startsAt":"2026-03-02T08:00:00.123456789Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prom","fingerprint":"abc"}
        """;

    private const string Resolved = """{"status":"resolved","labels":{"alertname":"Slow"},"annotations":{},"startsAt":"2026-03-02T08:00:00Z","endsAt":"2026-03-02T08:10:00Z"}""";

    [Fact]
    public void An_Alertmanager_message_is_read()
    {
        var message = AlertmanagerReader.Read(Bytes($$"""{"version":"4","receiver":"ledger","truncatedAlerts":2,"novelty":1,"alerts":[{{Firing}},{{Resolved}}]}""")).ShouldBeOfType<IntakeResult<AlertMessage>.Read>().Value;
        (message.Receiver, message.Truncated, message.Redactions).ShouldBe(("ledger", 2, 1));
        message.Ignored.ShouldBe(["$.novelty"]);
        var firing = message.Alerts[0];
        (firing.Name, firing.IsFiring, firing.Severity, firing.Summary, firing.Fingerprint, firing.EndsAt).ShouldBe(("ErrorBudgetBurn", true, "critical", "burning; page [EMAIL_REDACTED]", "abc", null));
        firing.StartsAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddMicroseconds(123456));
        var resolved = message.Alerts[1];
        (resolved.IsFiring, resolved.Severity, resolved.EndsAt).ShouldBe((false, null, new DateTimeOffset(2026, 3, 2, 8, 10, 0, TimeSpan.Zero)));
        resolved.Fingerprint.Length.ShouldBe(16);
    }

    [Theory]
    [InlineData("{}", RefusalCodes.DocumentUnrecognised)]
    [InlineData("""{"version":"5","alerts":[]}""", RefusalCodes.DocumentUnsupported)]
    [InlineData("""{"alerts":{}}""", RefusalCodes.ToolMismatch)]
    [InlineData("""{"alerts":[{"status":"on","labels":{"alertname":"a"},"startsAt":"2026-03-02T08:00:00Z"}]}""", RefusalCodes.ToolMismatch)]
    [InlineData("""{"alerts":[{"status":"firing","labels":{},"startsAt":"2026-03-02T08:00:00Z"}]}""", RefusalCodes.ToolMismatch)]
    [InlineData("""{"alerts":[{"status":"firing","labels":{"alertname":"a"}}]}""", RefusalCodes.ToolMismatch)]
    [InlineData("""{"alerts":[{"status":"firing","labels":{"alertname":7},"startsAt":"2026-03-02T08:00:00Z"}]}""", RefusalCodes.ToolMismatch)]
    [InlineData("[", RefusalCodes.Malformed)]
    public void What_Alertmanager_does_not_send_is_refused(string text, string code) =>
        AlertmanagerReader.Read(Bytes(text)).ShouldBeOfType<IntakeResult<AlertMessage>.Refused>().Code.ShouldBe(code);

    [Fact]
    public void Alerts_are_bounded()
    {
        AlertmanagerReader.Read(Bytes($$"""{"alerts":[{{string.Join(',', Enumerable.Repeat(Resolved, AlertLimits.MaxAlerts + 1))}}]}""")).ShouldBeOfType<IntakeResult<AlertMessage>.Refused>().Code.ShouldBe(RefusalCodes.TooLarge);
        AlertmanagerReader.Read(new byte[AlertLimits.MaxBytes + 1]).ShouldBeOfType<IntakeResult<AlertMessage>.Refused>().Code.ShouldBe(RefusalCodes.TooLarge);
    }

    [Fact]
    public void A_query_answers_with_series_and_what_is_not_a_number_was_not_measured()
    {
        var vector = Result("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"shop"},"value":[1772438400.781,"0.25"]},{"metric":{},"value":[1,"NaN"]}]},"warnings":["partial"]}""");
        vector.Warnings.ShouldBe(["partial"]);
        vector.Series[0].Labels["job"].ShouldBe("shop");
        vector.Series[0].Samples.ShouldBe([new PrometheusSample(new DateTimeOffset(2026, 3, 2, 8, 0, 0, 781, TimeSpan.Zero), 0.25)]);
        vector.Series[1].Samples.Single().Value.ShouldBeNull();
        Result("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"1"],[2,"+Inf"],[3,"-Inf"]]}]}}""").Series[0].Samples.Select(sample => sample.Value).ShouldBe([1, null, null]);
        Result("""{"status":"success","data":{"resultType":"scalar","result":[1,"7"]}}""").Series.Single().Samples.Single().Value.ShouldBe(7);
        Result("""{"status":"success","data":{"resultType":"vector","result":[]}}""").Series.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}", RefusalCodes.DocumentUnrecognised)]
    [InlineData("""{"status":"error","errorType":"timeout"}""", RefusalCodes.DocumentUnrecognised)]
    [InlineData("""{"status":"success","data":{"resultType":"string","result":[1,"x"]}}""", RefusalCodes.ToolMismatch)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["1",1]}]}}""", RefusalCodes.ToolMismatch)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"fast"]}]}}""", RefusalCodes.ToolMismatch)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1e300,"1"]}]}}""", RefusalCodes.ToolMismatch)]
    public void What_Prometheus_does_not_answer_is_refused(string text, string code) =>
        PrometheusReader.Read(Bytes(text)).ShouldBeOfType<IntakeResult<PrometheusResult>.Refused>().Code.ShouldBe(code);

    private static PrometheusResult Result(string text) => PrometheusReader.Read(Bytes(text)).ShouldBeOfType<IntakeResult<PrometheusResult>.Read>().Value;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
