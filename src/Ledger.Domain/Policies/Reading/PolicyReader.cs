namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads a whole policy, and the parts that are about people.</summary>
internal static class PolicyReader
{
    internal static Policy? Read(JsonValue value) => value.AsObject(policy =>
    {
        var name = policy.RequiredText("name");
        return new Policy(
            name,
            policy.Text("title") ?? name,
            policy.Texts("services"),
            policy.List("gates", GateReader.Gate),
            policy.List("noGo", GateReader.NoGo))
        {
            Description = policy.Text("description"),
            Roles = policy.List("roles", Role),
            SignOff = policy.List("signOff", Stage),
            SeparationOfDuties = policy.Object("separationOfDuties", Duties) ?? SeparationOfDuties.None,
            Emergency = policy.Object("emergency", Emergency) ?? EmergencyReleases.Forbidden,
            Deployment = policy.Object("deployment", DeploymentReader.Plan),
            Analyses = policy.List("analyses", DeploymentReader.Analysis),
            Rollback = policy.Object("rollback", RollbackReader.Plan),
            AfterDeployment = policy.Object("afterDeployment", ExpectationReader.WatchPlan),
            Success = policy.List("success", ExpectationReader.Expectation),
            Objectives = policy.List("objectives", ExpectationReader.Expectation),
            Maintenance = policy.Object("maintenance", MaintenanceReader.Plan),
            Monitoring = policy.Object("monitoring", MonitoringReader.Plan),
            Architecture = policy.Object("architecture", RunbookReader.Architecture),
            Procedures = policy.List("procedures", RunbookReader.Procedure),
            Documents = policy.List("documents", RunbookReader.Document),
        };
    });

    private static PolicyRole? Role(JsonValue value) => value.AsObject(role =>
    {
        var name = role.RequiredText("name");
        if (role.IsNull("holders"))
            role.Refuse(PolicyProblemCodes.InvalidValue, "'holders' is empty; leave it out for anyone enrolled with the role, or write [] for nobody.");
        return new PolicyRole(name, role.Text("title") ?? name, role.OptionalTexts("holders"));
    });

    private static SignOffStage? Stage(JsonValue value) => value.AsObject(stage =>
    {
        var name = stage.RequiredText("name");
        var roles = stage.Texts("roles");
        return new SignOffStage(name, stage.Text("title") ?? name, roles, stage.Whole("quorum") ?? roles.Count);
    });

    private static SeparationOfDuties? Duties(JsonValue value) => value.AsObject(duties => new SeparationOfDuties(
        duties.Flag("openerMaySign", true), duties.Flag("reporterMaySign", true), duties.Texts("openedBy"), duties.Texts("reportedBy")));

    private static EmergencyReleases? Emergency(JsonValue value) => value.AsObject(emergency =>
        new EmergencyReleases(emergency.Flag("allowed", false), emergency.Duration("approvalDeadline")));
}
