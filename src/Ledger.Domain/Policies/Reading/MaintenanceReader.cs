namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads the maintenance plan.</summary>
internal static class MaintenanceReader
{
    internal static MaintenancePlan? Plan(JsonValue value) => value.AsObject(plan => new MaintenancePlan(
        plan.Object("window", Window),
        plan.List("tasks", Task),
        plan.List("followUps", FollowUp),
        plan.List("contacts", Contact),
        plan.Texts("escalation"),
        plan.Texts("distribution")));

    private static MaintenanceWindow? Window(JsonValue value) => value.AsObject(window =>
        new MaintenanceWindow(window.Text("startsAt"), window.RequiredDuration("duration"), window.Duration("decisionLead")));

    private static RecurringTask? Task(JsonValue value)
    {
        if (ExpectationReader.TryTitleOnly(value, out var name, out var title)) return new RecurringTask(name, title);
        return value.AsObject(task =>
        {
            var (given, called) = ExpectationReader.NameAndTitle(task);
            return new RecurringTask(given, called, task.Duration("every"));
        });
    }

    private static FollowUp? FollowUp(JsonValue value)
    {
        if (ExpectationReader.TryTitleOnly(value, out var name, out var title)) return new FollowUp(name, title);
        return value.AsObject(followUp =>
        {
            var (given, called) = ExpectationReader.NameAndTitle(followUp);
            return new FollowUp(given, called, followUp.Duration("due"));
        });
    }

    private static Contact? Contact(JsonValue value) =>
        value.AsObject(contact => new Contact(contact.RequiredText("title"), contact.Text("person"), contact.Text("backup")));
}
