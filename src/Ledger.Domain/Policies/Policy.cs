using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>What a release must pass to go: published once, never edited, pinned by its digest when a release opens.</summary>
/// <param name="Name">Lower-case letters, digits, <c>-</c> and <c>.</c>, 1 to 64 characters; the stream is <c>policy/&lt;name&gt;</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Services">The services it may be used for; empty means any.</param>
/// <param name="Gates">What has to be passed. Names are unique among gates and NO-GO conditions together.</param>
/// <param name="NoGo">What must be known to be absent.</param>
public sealed record Policy(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("services")] IReadOnlyList<string> Services,
    [property: JsonPropertyName("gates")] IReadOnlyList<Gate> Gates,
    [property: JsonPropertyName("noGo")] IReadOnlyList<NoGoCondition> NoGo)
{
    /// <summary>What the policy is for, in a sentence or two; or null.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Everyone the policy speaks of: signers, owners of deployment steps, those who may open or report.</summary>
    [JsonPropertyName("roles")]
    public IReadOnlyList<PolicyRole> Roles { get; init; } = [];

    /// <summary>The sign-off chain: stages in the order they must be completed; empty where none is asked for.</summary>
    [JsonPropertyName("signOff")]
    public IReadOnlyList<SignOffStage> SignOff { get; init; } = [];

    /// <summary>Which duties one person may not hold together.</summary>
    [JsonPropertyName("separationOfDuties")]
    public SeparationOfDuties SeparationOfDuties { get; init; } = SeparationOfDuties.None;

    /// <summary>Whether a release may go before its approvals are there, and how soon they must follow.</summary>
    [JsonPropertyName("emergency")]
    public EmergencyReleases Emergency { get; init; } = EmergencyReleases.Forbidden;

    /// <summary>How the release reaches its users; null where the policy does not say.</summary>
    [JsonPropertyName("deployment")]
    public DeploymentPlan? Deployment { get; init; }

    /// <summary>What is measured while the release is rolled out; steps and rollback rules name them.</summary>
    [JsonPropertyName("analyses")]
    public IReadOnlyList<Analysis> Analyses { get; init; } = [];

    /// <summary>When and how fast a release is taken back; null where the policy does not say.</summary>
    [JsonPropertyName("rollback")]
    public RollbackPlan? Rollback { get; init; }

    /// <summary>What is watched once the release is fully out; null where the policy does not say.</summary>
    [JsonPropertyName("afterDeployment")]
    public WatchPlan? AfterDeployment { get; init; }

    /// <summary>What must be true for the release to be closed as a success.</summary>
    [JsonPropertyName("success")]
    public IReadOnlyList<Expectation> Success { get; init; } = [];

    /// <summary>Service level targets that hold at any time, not only during a release.</summary>
    [JsonPropertyName("objectives")]
    public IReadOnlyList<Expectation> Objectives { get; init; } = [];

    /// <summary>The window, who is called, and what is done regularly and afterwards; null where the policy does not say.</summary>
    [JsonPropertyName("maintenance")]
    public MaintenancePlan? Maintenance { get; init; }

    /// <summary>Metrics, dashboards and alerts; null where the policy does not say.</summary>
    [JsonPropertyName("monitoring")]
    public MonitoringPlan? Monitoring { get; init; }

    /// <summary>What is released: parts and endpoints; null where the policy does not say.</summary>
    [JsonPropertyName("architecture")]
    public Architecture? Architecture { get; init; }

    /// <summary>What to do and type: deployment, rollback, emergencies, troubleshooting.</summary>
    [JsonPropertyName("procedures")]
    public IReadOnlyList<Procedure> Procedures { get; init; } = [];

    /// <summary>The documents and files that belong to the release.</summary>
    [JsonPropertyName("documents")]
    public IReadOnlyList<Document> Documents { get; init; } = [];
}
