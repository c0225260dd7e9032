namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads the monitoring plan.</summary>
internal static class MonitoringReader
{
    internal static MonitoringPlan? Plan(JsonValue value) => value.AsObject(plan => new MonitoringPlan(
        plan.List("metrics", Metric),
        plan.List("dashboards", Dashboard),
        plan.List("alerts", Alert),
        plan.List("scrapes", Scrape),
        plan.Duration("retention")));

    private static ObservedMetric? Metric(JsonValue value) => value.AsObject(metric =>
    {
        var name = metric.RequiredText("name");
        return new ObservedMetric(name, metric.Text("title") ?? name, metric.Texts("labels"), metric.Object("reported", DeploymentReader.Reported));
    });

    private static Dashboard? Dashboard(JsonValue value) => value.AsObject(dashboard =>
    {
        var (name, title) = ExpectationReader.NameAndTitle(dashboard);
        return new Dashboard(name, title, dashboard.Text("location"), dashboard.Texts("panels"));
    });

    private static Alert? Alert(JsonValue value)
    {
        if (ExpectationReader.TryTitleOnly(value, out var name, out var title)) return new Alert(name, title);
        return value.AsObject(alert =>
        {
            var (given, called) = ExpectationReader.NameAndTitle(alert);
            return new Alert(given, called, alert.Object("when", ExpectationReader.Condition), alert.Duration("for"), alert.Duration("within"));
        });
    }

    private static Scrape? Scrape(JsonValue value) =>
        value.AsObject(scrape => new Scrape(scrape.RequiredText("environment"), scrape.RequiredDuration("interval")));
}
