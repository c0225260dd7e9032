namespace Ledger.Cli.Contract;

/// <summary>What the commands about a rollout and a rollback answer.</summary>
/// <param name="Release">The release.</param>
/// <param name="Verdict">How it stands with it.</param>
/// <param name="Receipt">Where it is recorded.</param>
/// <param name="Deviations">How many kinds of deviation are on its record.</param>
internal sealed record DeployedAnswer(string Release, string Verdict, Receipt Receipt, int Deviations = 0) : IRecorded;

/// <summary>What POST …/deployment/measurements answers.</summary>
internal sealed record MeasuredAnswer(
    int Recorded, int Repeated, IReadOnlyList<string> Triggered, Receipt? Receipt = null, int Uncounted = 0, string? Stopped = null) : IMayBeRecorded;

/// <summary>What POST …/argo and /alerts answer.</summary>
/// <param name="Release">The release.</param>
/// <param name="Verdict">How it stands with it.</param>
/// <param name="Recorded">How many measurements were new.</param>
/// <param name="Repeated">How many were there already.</param>
/// <param name="Triggered">The rules that fired.</param>
/// <param name="Deviations">How many deviations were recorded with it.</param>
/// <param name="Notes">What else there is to know, in sentences.</param>
/// <param name="Receipt">Of the last event that was appended; null where none was.</param>
/// <param name="LeftOut">How many measurements were not recorded because nothing says what they count in.</param>
internal sealed record IngestedAnswer(
    string Release, string Verdict, int Recorded, int Repeated, IReadOnlyList<string> Triggered, int Deviations, IReadOnlyList<string> Notes, Receipt? Receipt = null, int LeftOut = 0) : IMayBeRecorded;

/// <summary>What POST /v1/events answers.</summary>
internal sealed record EventsAnswer(IReadOnlyList<EventOutcome> Events);

/// <summary>What GET /v1/events/unassigned answers: one page.</summary>
internal sealed record UnassignedPage(IReadOnlyList<UnassignedEvent> Events, string? Next = null);

/// <summary>An event that fitted no release when it came.</summary>
internal sealed record UnassignedEvent(
    long Sequence, string Source, string Id, string Type, string ReceivedAt, string By, string Because, string Evidence, bool Assigned, string? At = null, string? Summary = null);

/// <summary>What POST /v1/events/{sequence}/assignment is sent.</summary>
internal sealed record AssignmentBody(string Release);

/// <summary>What became of one event.</summary>
/// <param name="Id">The event's.</param>
/// <param name="Source">The event's.</param>
/// <param name="Type">The event's.</param>
/// <param name="Outcome">recorded, repeated, kept or refused.</param>
/// <param name="Release">The release that it is about, where one was found.</param>
/// <param name="Code">Why it was refused.</param>
/// <param name="Because">The same for people, or why it means nothing more.</param>
/// <param name="Receipt">Where it is recorded.</param>
internal sealed record EventOutcome(
    string Id, string Source, string Type, string Outcome, string? Release = null, string? Code = null, string? Because = null, Receipt? Receipt = null)
{
    /// <summary>The outcome of an event of which nothing is recorded.</summary>
    public const string Refused = "refused";
}
