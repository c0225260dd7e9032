using System.Text;
using Ledger.Integrity.Notes;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Log;

/// <summary>Shows the log as a whole.</summary>
internal static class ShowLog
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/log", HandleAsync)
        .Describe(Access.AnyRole, "showLog", "Show the log", "Its name, the key that verifies its checkpoints, and the newest checkpoint.")
        .Produces<LogAnswer>();

    private static async Task<IResult> HandleAsync(HttpContext http, LedgerStore store)
    {
        var note = await store.Log.CheckpointAsync(http.RequestAborted) ?? throw new InvalidDataException("the log has no checkpoint");
        var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes(note), store.Origin, store.VerifierKey, out var checkpoint);
        return verification.IsValid && checkpoint is not null
            ? Answer.Ok(new LogAnswer(store.Origin, store.VerifierKey.ToString(), checkpoint.Size, checkpoint.Root.ToString(), note), ApiJson.Answers.LogAnswer)
            : throw new InvalidDataException($"the newest checkpoint is not signed by this log: {verification.Reason}");
    }
}

/// <summary>The log as a whole.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="VerifierKey">The key that verifies its checkpoints (C2SP signed-note).</param>
/// <param name="Size">How many leaves it has.</param>
/// <param name="Root">The root of its tree.</param>
/// <param name="Checkpoint">The signed note over that tree.</param>
internal sealed record LogAnswer(string Origin, string VerifierKey, long Size, string Root, string Checkpoint);
