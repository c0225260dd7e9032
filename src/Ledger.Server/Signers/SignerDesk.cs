using System.Text.Json.Serialization.Metadata;
using Ledger.Domain.Signers;
using Ledger.Server.Http;

namespace Ledger.Server.Signers;

/// <summary>Carries out what a JSON body asks of one signer.</summary>
internal sealed class SignerDesk(CommandDesk desk)
{
    /// <summary>Reads the body, gives the command, and answers with the receipt.</summary>
    /// <param name="http">The request.</param>
    /// <param name="request">How the body is read.</param>
    /// <param name="command">What the body asks, or why it cannot be asked.</param>
    /// <param name="answer">What is answered.</param>
    /// <param name="type">How that is written.</param>
    /// <param name="status">201, or 200 where nothing is made.</param>
    public async Task<IResult> CarryOutAsync<TRequest, TCommand, TAnswer>(
        HttpContext http,
        JsonTypeInfo<TRequest> request,
        Func<TRequest, Attempt<TCommand>> command,
        Func<TCommand, ReceiptAnswer, TAnswer> answer,
        JsonTypeInfo<TAnswer> type,
        int status = StatusCodes.Status201Created)
        where TRequest : notnull
        where TCommand : SignerCommand
    {
        var read = await JsonBody.ReadAsync(http, request);
        if (!read.Succeeded(out var body, out var problem)) return problem;
        if (!command(body.Value).Succeeded(out var asked, out problem)) return problem;
        var submitted = await desk.SubmitAsync(http, body.Bytes, asked);
        return submitted.Succeeded(out var carriedOut, out problem) ? new JsonAnswer<TAnswer>(status, answer(asked, carriedOut.Receipt), type) : problem;
    }
}
