using System.IO.Compression;

namespace Ledger.Server.Http;

/// <summary>Reads a request's body up to a limit, before anybody parses it.</summary>
internal static class RequestBody
{
    private const int FirstBufferBytes = 16 * 1024;

    /// <summary>The body's bytes.</summary>
    /// <param name="http">The request.</param>
    /// <param name="maxBytes">The most bytes; with a compressed body, the most after decompression.</param>
    /// <param name="tooLarge">The code of the problem when there are more.</param>
    /// <param name="gzip">Whether <c>Content-Encoding: gzip</c> is understood.</param>
    public static async ValueTask<Attempt<byte[]>> ReadAsync(HttpContext http, int maxBytes, string tooLarge, bool gzip = false)
    {
        var request = http.Request;
        if (request.ContentLength > maxBytes) return Problems.TooLarge(tooLarge, maxBytes);
        var encoding = request.Headers.ContentEncoding.ToString();
        switch (encoding.ToLowerInvariant())
        {
            case "" or "identity":
                return await ReadAsync(request.Body, (int)(request.ContentLength ?? 0), maxBytes, tooLarge, http.RequestAborted);
            case "gzip" or "x-gzip" when gzip:
                return await UnzipAsync(request.Body, maxBytes, tooLarge, http.RequestAborted);
            default:
                return new Problem(
                    StatusCodes.Status415UnsupportedMediaType, "encoding_unsupported", "the body is encoded in a way that is not read here",
                    gzip ? "send it as it is, or with Content-Encoding: gzip" : "send it as it is");
        }
    }

    private static async ValueTask<Attempt<byte[]>> UnzipAsync(Stream body, int maxBytes, string tooLarge, CancellationToken cancellation)
    {
        try
        {
            await using var unzipped = new GZipStream(body, CompressionMode.Decompress);
            return await ReadAsync(unzipped, 0, maxBytes, tooLarge, cancellation);
        }
        catch (InvalidDataException)
        {
            return Problems.Malformed("body_malformed", "the body is not gzip", "send it as it is, or compress it anew");
        }
    }

    // A declared length is read into one array of that size; without one the buffer doubles, so memory stays within twice the limit.
    private static async ValueTask<Attempt<byte[]>> ReadAsync(Stream body, int declared, int maxBytes, string tooLarge, CancellationToken cancellation)
    {
        var buffer = new byte[declared > 0 ? declared : FirstBufferBytes];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length == declared) return buffer;
                if (length > maxBytes) return Problems.TooLarge(tooLarge, maxBytes);
                Array.Resize(ref buffer, (int)Math.Min((long)length * 2, maxBytes + 1L));
            }

            var read = await body.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0) break;
            length += read;
        }

        if (length > maxBytes) return Problems.TooLarge(tooLarge, maxBytes);
        return length == buffer.Length ? buffer : buffer[..length];
    }
}
