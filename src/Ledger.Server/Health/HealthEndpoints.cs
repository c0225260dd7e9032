using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Health;

/// <summary>What an orchestrator asks: live says "do not restart me", ready says "send me requests".</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live)
            .Describe(Access.Public, "live", "Is the process alive?", "200 as long as it answers at all.")
            .Produces<HealthAnswer>();
        routes.MapGet("/health/ready", ReadyAsync)
            .Describe(Access.Public, "ready", "Can it serve?", "200 when the database answers and the log takes writes; else 503 with the reasons.")
            .Produces<HealthAnswer>()
            .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonAnswer<HealthAnswer> Live() => Send([]);

    private static async Task<IResult> ReadyAsync(HttpContext http, LedgerStore store)
    {
        var reasons = new List<string>();
        if (!await IsReachableAsync(store, http.RequestAborted)) reasons.Add("the database does not answer");
        if (store.Refusing is { } reason) reasons.Add($"writes are refused: {reason}");
        return Send(reasons);
    }

    private static async Task<bool> IsReachableAsync(LedgerStore store, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        try
        {
            return await store.IsReachableAsync(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static JsonAnswer<HealthAnswer> Send(List<string> reasons) => reasons.Count == 0
        ? new(StatusCodes.Status200OK, new HealthAnswer("ok", reasons), ApiJson.Answers.HealthAnswer)
        : new(StatusCodes.Status503ServiceUnavailable, new HealthAnswer("unavailable", reasons), ApiJson.Answers.HealthAnswer);
}

/// <summary>How the server is.</summary>
/// <param name="Status">ok or unavailable.</param>
/// <param name="Reasons">Why it is not ok.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Reasons);
