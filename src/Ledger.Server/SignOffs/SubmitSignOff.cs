using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Store;
using Ledger.Verifier.Chains;

namespace Ledger.Server.SignOffs;

/// <summary>Takes a signed statement. It was signed on the signer's machine; here it is verified, held against the release, and kept as it is.</summary>
internal static class SubmitSignOff
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/sign-offs", HandleAsync)
        .Describe(
            Access.AnyRole, "submitSignOff", "Submit a sign-off",
            "The body is a DSSE envelope in JSON over an in-toto Statement with a sign-off's predicate, signed with an enrolled key, at most 1 MiB. It must be over the release as it is: "
            + "its stream's last event, its go/no-go, and the sign-off before it. Role: signer.")
        .Accepts<byte[]>("application/json", "application/vnd.dsse.envelope.v1+json")
        .Appends<SignedOffAnswer>();

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, CommandDesk desk, LedgerStore store)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var received = await JsonBody.ReadBytesAsync(http, Envelope.MaxBytes);
        if (!received.Succeeded(out var body, out problem)) return problem;

        if (SubmittedSignOff.Read(body, out var envelope) is { } unreadable) return Problems.Of(unreadable);
        var signer = await store.Signers.FindAsync(envelope!.ClaimedSigner, http.RequestAborted);
        if ((envelope.Open(signer, out var signed) ?? SignedTexts.Check(signed!)) is { } refusal) return Problems.Of(refusal);

        var submitted = await desk.SubmitAsync(http, body, new ReleaseCommand.SignOff(release, signed!));
        if (!submitted.Succeeded(out var carriedOut, out problem)) return problem;
        var readBack = await ReleaseAfter.FindAsync(store, release, carriedOut.Appended, http.RequestAborted);
        return readBack.Succeeded(out var view, out problem)
            ? Answer.Created(SignedOffAnswer.Of(signed!, view.Standing(), carriedOut.Receipt), ApiJson.Answers.SignedOffAnswer)
            : problem;
    }
}

/// <summary>A sign-off was appended.</summary>
/// <param name="Statement">SHA-256 of the statement: what the next sign-off links to.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Role">The role signed in.</param>
/// <param name="Signer">The signer's id.</param>
/// <param name="Name">The printed name.</param>
/// <param name="Decision">approve or reject.</param>
/// <param name="Chain">How far the chain is now.</param>
/// <param name="Verdict">How the release stands now.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record SignedOffAnswer(
    Digest Statement, string Stage, string Role, string Signer, string Name, SignOffChoice Decision, ChainState Chain, Verdict Verdict, ReceiptAnswer Receipt)
{
    public static SignedOffAnswer Of(SignedStatement signed, ReleaseStanding standing, ReceiptAnswer receipt)
    {
        var predicate = signed.Predicate;
        return new SignedOffAnswer(
            signed.Digest, predicate.Stage, predicate.Role, predicate.Signer.Id, predicate.Signer.Name, predicate.Decision, standing.SignOff!.State, standing.Verdict, receipt);
    }
}
