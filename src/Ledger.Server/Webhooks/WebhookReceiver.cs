using Ledger.Domain.Releases;
using Ledger.Integrity.Webhooks;
using Ledger.Server.Outbound;
using Ledger.Store.Log;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>Somebody who is told of events, as the operator configured them.</summary>
/// <param name="Wants">Its name and what it wants of the log.</param>
/// <param name="Url">Where it is told. Its path may be as good as a password, so it is never logged or shown.</param>
/// <param name="Secrets">What messages are signed with, one or more while a secret is exchanged.</param>
/// <param name="Rule">Which addresses its name may mean.</param>
/// <param name="AttemptsMax">How often a message is tried before it is a dead letter.</param>
internal sealed record WebhookReceiver(OutboxReceiver Wants, Uri Url, IReadOnlyList<WebhookSecret> Secrets, AddressRule Rule, int AttemptsMax)
{
    public string Name => Wants.Name;

    /// <summary>Scheme, host and port: what may be shown of <see cref="Url"/>.</summary>
    public string Address => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether the event is one that it is told of: it may have been when it happened, and not any more.</summary>
    public bool IsFor(StoredEvent stored) =>
        (Wants.Events is null || Wants.Events.Contains(stored.Type))
        && (Wants.Services is null || (ReleaseId.FromStreamKey(stored.Stream) is { } release && Wants.Services.Contains(release.Service)));
}
