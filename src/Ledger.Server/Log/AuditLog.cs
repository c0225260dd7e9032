using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Log;

namespace Ledger.Server.Log;

/// <summary>Re-reads everything that is stored and holds it against the signed checkpoints.</summary>
internal static class AuditLog
{
    // An audit reads the whole log; a second one at the same time would only take from the first.
    private static readonly SemaphoreSlim One = new(1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/audit", HandleAsync)
        .Describe(
            Access.Auditing, "auditLog", "Audit the whole log",
            "Rows, leaves, chains, tree, checkpoints and projections, from the first event to the last. Takes as long as the log is; changes nothing. Roles: auditor, compliance, admin.")
        .Produces<AuditAnswer>()
        .Fails(StatusCodes.Status403Forbidden)
        .DisableRequestTimeout();

    private static async Task<IResult> HandleAsync(HttpContext http, LedgerStore store)
    {
        await One.WaitAsync(http.RequestAborted);
        try
        {
            return Answer.Ok(AuditAnswer.Of(await store.Auditor.RunAsync(cancellation: http.RequestAborted)), ApiJson.Answers.AuditAnswer);
        }
        finally
        {
            One.Release();
        }
    }
}

/// <summary>What an audit found.</summary>
/// <param name="Sound">Whether everything was checked and holds.</param>
/// <param name="Events">How many events were read.</param>
/// <param name="TreeSize">The size of the tree over them.</param>
/// <param name="Root">Its root.</param>
/// <param name="Problems">What is wrong, at most 100 of them.</param>
/// <param name="FirstBad">The first event that is not what was logged.</param>
/// <param name="ElapsedMs">How long it took, in milliseconds.</param>
internal sealed record AuditAnswer(
    bool Sound, long Events, long TreeSize, string Root, IReadOnlyList<AuditFinding> Problems, FirstBadEvent? FirstBad, long ElapsedMs)
{
    public static AuditAnswer Of(AuditReport report) => new(
        report.Sound,
        report.Events,
        report.TreeSize,
        report.Root.ToString(),
        [.. report.Problems.Select(problem => new AuditFinding(problem.Code, problem.Sequence, problem.LeafIndex, problem.Stream, problem.Message))],
        report.FirstBad is { Sequence: { } sequence } bad ? new FirstBadEvent(sequence, sequence - 1, bad.Message) : null,
        (long)report.Elapsed.TotalMilliseconds);
}

/// <summary>Something that is not as it must be.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Sequence">The event it is about.</param>
/// <param name="LeafIndex">That event's leaf.</param>
/// <param name="Stream">The stream it is about.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record AuditFinding(string Code, long? Sequence, long? LeafIndex, string? Stream, string Message);

/// <summary>The first event that is not what was logged.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="LeafIndex">Its leaf's place in the tree, from 0.</param>
/// <param name="Message">What is wrong with it.</param>
internal sealed record FirstBadEvent(long Sequence, long LeafIndex, string Message);
