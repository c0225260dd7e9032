using Ledger.Domain;
using Ledger.Integrity;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Releases;

/// <summary>Hands out the bytes that an event rests on.</summary>
internal static class DownloadEvidence
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/evidence/{digest}", HandleAsync)
        .Describe(
            Access.WholeLedger, "downloadEvidence", "Download evidence",
            "The bytes as they were stored, after redaction; their SHA-256 is the digest. Evidence belongs to no one service, so the token must be for all of them.")
        .Produces<byte[]>(contentType: "application/octet-stream")
        .Fails(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string digest, HttpContext http, LedgerStore store)
    {
        if (!Digest.TryParse(digest, out var wanted) || !Hash.TryParseHex(wanted.Hex, out var hash) || await store.Evidence.FindAsync(hash, http.RequestAborted) is not { } evidence)
            return Problems.NotFound("evidence_unknown", "there is no evidence of that digest", "events name theirs as sha256:HEX");

        // What a tool wrote is never shown in a browser as if it were ours: it is saved.
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{wanted.Hex}\"";
        return Results.Bytes(evidence.Bytes, evidence.MediaType);
    }
}
