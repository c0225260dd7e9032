using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Timestamps;
using Ledger.Server.Outbound;
using Ledger.Store;

namespace Ledger.Server.Witnesses;

/// <summary>Has an authority say that a checkpoint was there (RFC 3161, over HTTP: §3.4), and keeps what it answered.</summary>
internal sealed class TimestampClient(TimestampAnchors roots, Uri url, LedgerStore store, ILogger logger) : ICheckpointListener
{
    private const int NonceBytes = 16;

    private readonly HttpClient _http = OutboundClient.Create(AddressRule.AlsoPrivate, Timestamp.MaxBytes);

    /// <inheritdoc/>
    public async Task TellAsync(Note signed, Checkpoint checkpoint, CancellationToken cancellation)
    {
        if (await store.Timestamps.FindAsync(checkpoint.Size, cancellation) is not null) return;
        var imprint = Hash.Sha256(signed.ToBytes());
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        using var content = new ByteArrayContent(TimestampRequest.Encode(imprint, nonce));
        content.Headers.ContentType = new MediaTypeHeaderValue(TimestampRequest.MediaType);
        using var answer = await _http.PostAsync(url, content, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            logger.AuthorityRefused(url.Host, (int)answer.StatusCode);
            return;
        }

        var token = await answer.Content.ReadAsByteArrayAsync(cancellation);
        var verification = Timestamp.Verify(token, imprint, roots, nonce, out _);
        if (verification.IsValid) await store.Timestamps.AddAsync(checkpoint.Size, token, cancellation);
        else logger.AuthorityAnsweredWrongly(url.Host, verification.Reason);
    }

    public void Dispose() => _http.Dispose();
}
