using System.Text.Json.Serialization.Metadata;
using Ledger.Domain.Releases;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>Carries out what a JSON body asks of one release, and tells how the release stands with it.</summary>
internal sealed class ReleaseDesk(CommandDesk desk, LedgerStore store)
{
    /// <summary>Reads the body, gives the command, and answers with the release as the append left it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="service">The release's service, as addressed.</param>
    /// <param name="version">Its version, as addressed.</param>
    /// <param name="request">How the body is read.</param>
    /// <param name="command">What the body asks, or why it cannot be asked.</param>
    /// <param name="answer">What is answered; from the command, the release after it, and the receipt.</param>
    /// <param name="type">How that is written.</param>
    /// <param name="status">201, or 200 where nothing is made that could be addressed.</param>
    public async Task<IResult> CarryOutAsync<TRequest, TCommand, TAnswer>(
        HttpContext http,
        string service,
        string version,
        JsonTypeInfo<TRequest> request,
        Func<ReleaseId, TRequest, Attempt<TCommand>> command,
        Func<TCommand, ReleaseView, ReceiptAnswer, TAnswer> answer,
        JsonTypeInfo<TAnswer> type,
        int status = StatusCodes.Status201Created)
        where TRequest : notnull
        where TCommand : ReleaseCommand
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var read = await JsonBody.ReadAsync(http, request);
        if (!read.Succeeded(out var body, out problem)) return problem;
        if (!command(release, body.Value).Succeeded(out var asked, out problem)) return problem;

        var submitted = await desk.SubmitAsync(http, body.Bytes, asked);
        if (!submitted.Succeeded(out var carriedOut, out problem)) return problem;
        var readBack = await ReleaseAfter.FindAsync(store, release, carriedOut.Appended, http.RequestAborted);
        return readBack.Succeeded(out var view, out problem) ? new JsonAnswer<TAnswer>(status, answer(asked, view, carriedOut.Receipt), type) : problem;
    }
}
