using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Server.Http;

namespace Ledger.Server.Releases;

/// <summary>A release to be opened.</summary>
/// <param name="Release">Its name, <c>service/version</c>.</param>
/// <param name="Policy">The name of the policy that it must meet.</param>
/// <param name="Commit">What it is built from: 7 to 64 hexadecimal digits.</param>
/// <param name="Artifacts">What is deployed, by digest: 1 to 64, each name once.</param>
/// <param name="Environment">Where it goes.</param>
/// <param name="PolicyVersion">The policy's version; the newest where absent.</param>
/// <param name="Tag">The tag of the source.</param>
/// <param name="Window">The maintenance window.</param>
/// <param name="DecideBy">When the go/no-go must have been taken.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Risk">How risky it is held to be.</param>
internal sealed record OpenRequest(
    string Release,
    string Policy,
    string Commit,
    IReadOnlyList<Artifact> Artifacts,
    string Environment,
    long? PolicyVersion = null,
    string? Tag = null,
    MaintenanceWindow? Window = null,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? DecideBy = null,
    string? Summary = null,
    Risk? Risk = null);

/// <summary>A release was opened.</summary>
/// <param name="Release">Its name.</param>
/// <param name="Receipt">Where its first event stands in the log.</param>
internal sealed record OpenAnswer(string Release, ReceiptAnswer Receipt);
