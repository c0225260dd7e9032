using Ledger.Domain.Measurements;

namespace Ledger.Intake.CdEvents;

/// <summary>What a CDEvent says, by its type.</summary>
public abstract record CdContent
{
    private CdContent()
    {
    }

    /// <summary>Subject and predicate of the type, without prefix and version.</summary>
    internal abstract string Name { get; }

    /// <summary>A test suite (<c>testsuiterun.finished</c>) or a test case (<c>testcaserun.finished</c>) ran.</summary>
    /// <param name="IsSuite">A suite, or one case.</param>
    /// <param name="TestName">The suite's or case's name, else its id.</param>
    /// <param name="Outcome">How it ended; null where it does not say, which proves nothing.</param>
    /// <param name="Severity">Of a failure: low, medium, high, critical; or null.</param>
    /// <param name="Reason">Of a failure, or null.</param>
    /// <param name="Environment">Where it ran, by id.</param>
    public sealed record TestRunFinished(bool IsSuite, string? TestName, CdOutcome? Outcome, string? Severity, string? Reason, string? Environment) : CdContent
    {
        internal override string Name => IsSuite ? "testsuiterun.finished" : "testcaserun.finished";
    }

    /// <summary><c>testoutput.published</c>: what a test wrote can be fetched. Nothing is fetched here.</summary>
    public sealed record TestOutputPublished(string OutputType, string? Format, string? Uri) : CdContent
    {
        internal override string Name => "testoutput.published";
    }

    /// <summary>A task (<c>taskrun.finished</c>) or a pipeline (<c>pipelinerun.finished</c>) ran.</summary>
    /// <param name="IsPipeline">A pipeline, or one task.</param>
    /// <param name="RunName">Its name.</param>
    /// <param name="Uri">Where it can be seen.</param>
    /// <param name="Outcome">How it ended; null where it does not say, which proves nothing.</param>
    /// <param name="Errors">What went wrong, in words.</param>
    public sealed record RunFinished(bool IsPipeline, string? RunName, string? Uri, CdOutcome? Outcome, string? Errors) : CdContent
    {
        internal override string Name => IsPipeline ? "pipelinerun.finished" : "taskrun.finished";
    }

    /// <summary><c>artifact.packaged</c>, <c>artifact.published</c> or <c>artifact.signed</c>.</summary>
    /// <param name="What">packaged, published or signed.</param>
    /// <param name="Artifact">The subject's id.</param>
    /// <param name="HasSignature">Whether it carries a signature; of one that was signed, always.</param>
    public sealed record ArtifactChanged(string What, PackageUrl Artifact, bool HasSignature) : CdContent
    {
        internal override string Name => $"artifact.{What}";
    }

    /// <summary><c>service.deployed</c>, <c>service.upgraded</c> or <c>service.rolledback</c>.</summary>
    /// <param name="What">deployed, upgraded or rolledback.</param>
    /// <param name="Environment">Where, by id.</param>
    /// <param name="Artifact">What now runs there.</param>
    public sealed record ServiceChanged(string What, string Environment, PackageUrl Artifact) : CdContent
    {
        internal override string Name => $"service.{What}";
    }

    /// <summary><c>incident.detected</c>.</summary>
    /// <param name="Environment">Where, by id.</param>
    /// <param name="Description">In words, or null.</param>
    /// <param name="Service">The service, by id, or null.</param>
    /// <param name="Artifact">What ran there, or null.</param>
    public sealed record IncidentDetected(string Environment, string? Description, string? Service, PackageUrl? Artifact) : CdContent
    {
        internal override string Name => "incident.detected";
    }

    /// <summary>Ours, <c>ledger-gate.reported</c>: a tool's report for a gate.</summary>
    /// <param name="Release"><c>service/version</c>.</param>
    /// <param name="Gate">The gate's name.</param>
    /// <param name="Tool">The tool; null to recognise it.</param>
    /// <param name="Report">The report, as JSON.</param>
    public sealed record GateReported(string Release, string Gate, string? Tool, ReadOnlyMemory<byte> Report) : CdContent
    {
        internal override string Name => "ledger-gate.reported";
    }

    /// <summary>Ours, <c>ledger-canarystep.started</c> and <c>ledger-canarystep.completed</c>.</summary>
    /// <param name="IsCompleted">Completed, or started.</param>
    /// <param name="Release"><c>service/version</c>.</param>
    /// <param name="Step">The step's name in the policy.</param>
    public sealed record CanaryStepChanged(bool IsCompleted, string Release, string Step) : CdContent
    {
        internal override string Name => IsCompleted ? "ledger-canarystep.completed" : "ledger-canarystep.started";
    }

    /// <summary>Ours, <c>ledger-measurement.taken</c>. When it was taken is the event's time.</summary>
    /// <param name="Release"><c>service/version</c>.</param>
    /// <param name="Measurement">Metric, value, unit.</param>
    public sealed record MeasurementTaken(string Release, Measurement Measurement) : CdContent
    {
        internal override string Name => "ledger-measurement.taken";
    }

    /// <summary>Ours, <c>ledger-rollback.started</c> and <c>ledger-rollback.completed</c>.</summary>
    /// <param name="IsCompleted">Completed, or started.</param>
    /// <param name="Release"><c>service/version</c>.</param>
    /// <param name="Reason">Why; of one that was started.</param>
    public sealed record RollbackChanged(bool IsCompleted, string Release, string? Reason) : CdContent
    {
        internal override string Name => IsCompleted ? "ledger-rollback.completed" : "ledger-rollback.started";
    }

    /// <summary>Any other type, or another version of one of these: nothing of it means anything here.</summary>
    /// <param name="Because">Which of the two, for people.</param>
    public sealed record Unmapped(string Because) : CdContent
    {
        internal override string Name => string.Empty;
    }
}
