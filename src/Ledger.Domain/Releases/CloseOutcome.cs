using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>How a release ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CloseOutcome>))]
public enum CloseOutcome
{
    /// <summary>Deployed as planned, and kept.</summary>
    [JsonStringEnumMemberName("succeeded")] Succeeded,

    /// <summary>Deployed and taken back.</summary>
    [JsonStringEnumMemberName("rolled_back")] RolledBack,

    /// <summary>Deployed, and neither kept as planned nor cleanly taken back.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Never deployed.</summary>
    [JsonStringEnumMemberName("abandoned")] Abandoned,
}

/// <summary>The names of outcomes as they are written in events and on the command line.</summary>
public static class CloseOutcomes
{
    private static readonly (CloseOutcome Outcome, string Name)[] Names =
        [(CloseOutcome.Succeeded, "succeeded"), (CloseOutcome.RolledBack, "rolled_back"), (CloseOutcome.Failed, "failed"), (CloseOutcome.Abandoned, "abandoned")];

    /// <summary>The outcome's name.</summary>
    public static string Name(CloseOutcome outcome) => Array.Find(Names, entry => entry.Outcome == outcome).Name;
}
