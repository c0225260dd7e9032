using Ledger.Integrity;

namespace Ledger.Store.Log;

/// <summary>What an audit found.</summary>
/// <param name="Sound">Everything that was to be checked was checked and holds.</param>
/// <param name="Events">How many events were read.</param>
/// <param name="TreeSize">The size of the tree over the leaves as sealed.</param>
/// <param name="Root">Its root.</param>
/// <param name="Problems">What is wrong, in the order of the log as far as it is about events; at most <see cref="Auditor.ProblemsMax"/>.</param>
/// <param name="ProblemCount">How many problems there are, listed or not.</param>
/// <param name="FirstBad">The problem of the lowest sequence number; null when none is about an event.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record AuditReport(
    bool Sound, long Events, long TreeSize, Hash Root, IReadOnlyList<AuditProblem> Problems, long ProblemCount, AuditProblem? FirstBad, TimeSpan Elapsed);
