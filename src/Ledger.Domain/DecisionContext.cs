using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.SignOffs;

namespace Ledger.Domain;

/// <summary>What a decision may know besides the command and the state.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the decision: the server's, never before the log's last event, whole microseconds in UTC.</param>
/// <param name="Policy">The policy that the command or the release names, or null where it names none or none is there.</param>
/// <param name="SignOff">What sign-offs and decisions are held against; null for every other command.</param>
/// <param name="Recorded">Those of the command's measurements that the release's stream holds already; null where none was looked for.</param>
/// <param name="KeyHolder">The signer who has, or had, the key that the command would give to one; null where nobody does.</param>
public sealed record DecisionContext(
    Actor Actor, DateTimeOffset At, PublishedPolicy? Policy = null, SignOffContext? SignOff = null, IReadOnlySet<SampleIdentity>? Recorded = null, string? KeyHolder = null);
