using System.Text;
using Ledger.Integrity.Tiles;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Log;

/// <summary>The log as files (C2SP tlog-tiles): what any client of transparency logs can read and verify. Hashes are for everybody, entries are not.</summary>
internal static class LogFiles
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Octets = "application/octet-stream";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/checkpoint", CheckpointAsync)
            .Describe(Access.Public, "checkpoint", "The newest checkpoint", "A signed note (C2SP tlog-checkpoint), with the cosignatures of witnesses that it has by now.")
            .Produces<string>(contentType: "text/plain")
            .Fails(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/tile/entries/{**tile}", EntriesAsync)
            .Describe(
                Access.Auditing, "entryBundle", "A bundle of leaves",
                "Up to 256 leaves, each with its length before it (C2SP tlog-tiles): N, or N.p/W for W of them. Roles: auditor, compliance, admin.")
            .Produces<byte[]>(contentType: Octets)
            .Fails(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        routes.MapGet("/tile/{level}/{**tile}", TileAsync)
            .Describe(Access.Public, "tile", "A tile of the tree", "Up to 256 hashes of one level (C2SP tlog-tiles): N, or N.p/W for W of them. A tile never changes.")
            .Produces<byte[]>(contentType: Octets)
            .Fails(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> CheckpointAsync(HttpContext http, LedgerStore store) =>
        await store.Cosignatures.NewestAsync(http.RequestAborted) is { } newest
            ? Results.Text(newest.Note, "text/plain", Encoding.UTF8)
            : Problems.NotFound("checkpoint_unknown", "the log is empty");

    private static Task<IResult> TileAsync(string level, string tile, HttpContext http, LedgerStore store) => SendAsync($"tile/{level}/{tile}", http, store, Immutable);

    private static Task<IResult> EntriesAsync(string tile, HttpContext http, LedgerStore store) => SendAsync($"tile/entries/{tile}", http, store, caching: null);

    private static async Task<IResult> SendAsync(string path, HttpContext http, LedgerStore store, string? caching)
    {
        if (!TileCoordinate.TryParse(path, out var tile) || await store.Log.TileAsync(tile, http.RequestAborted) is not { } bytes)
            return Problems.NotFound("tile_unknown", "the log has no such tile");

        // A partial tile is as immutable as a full one, but is replaced by a wider one before long: not worth keeping.
        if (caching is not null && !tile.IsPartial) http.Response.Headers.CacheControl = caching;
        return Results.Bytes(bytes, Octets);
    }
}
