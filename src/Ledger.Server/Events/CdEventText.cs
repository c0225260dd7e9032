using Ledger.Intake.CdEvents;

namespace Ledger.Server.Events;

/// <summary>What a CDEvent that is kept says, in a sentence.</summary>
internal static class CdEventText
{
    private const int MaxLength = 500;

    /// <summary>The sentence; null where there is nothing to say beyond its type.</summary>
    public static string? Of(CdEvent told)
    {
        var text = told.Content switch
        {
            CdContent.TestRunFinished run => $"{(run.IsSuite ? "test suite" : "test case")} {run.TestName}: {Outcome(run.Outcome)}{Because(run.Reason)}",
            CdContent.TestOutputPublished output => $"{output.OutputType} published",
            CdContent.RunFinished run => $"{(run.IsPipeline ? "pipeline" : "task")} {run.RunName}: {Outcome(run.Outcome)}{Because(run.Errors)}",
            CdContent.ArtifactChanged artifact => $"{artifact.Artifact.Name}@{artifact.Artifact.Version} {artifact.What}",
            CdContent.ServiceChanged service => $"{service.Artifact.Name}@{service.Artifact.Version} {service.What} in {service.Environment}",
            CdContent.IncidentDetected incident => $"incident in {incident.Environment}{Because(incident.Description)}",
            _ => null,
        };
        return text is null || text.Length <= MaxLength ? text : text[..MaxLength];
    }

    private static string Outcome(CdOutcome? outcome) => outcome is { } known ? known.ToString().ToLowerInvariant() : "no outcome";

    private static string Because(string? because) => because is null ? "" : $", {because.ReplaceLineEndings(" ")}";
}
