using System.Buffers;
using Ledger.Integrity.Canonical;
using Ledger.Intake.CloudEvents;
using Ledger.Store.Append;

namespace Ledger.Server.Events;

/// <summary>
/// Which event it is: source, id and type. The type is part of it because producers do give one id to all events of a run, whatever the specification asks
/// of them: what says that it is something else is something else, and is not lost.
/// </summary>
internal static class EventIdentity
{
    /// <summary>The key of an event, or of a part of what follows from it. Whether a release was named or found makes no difference to what it says.</summary>
    /// <param name="within">Among which events it is looked for.</param>
    /// <param name="received">The event.</param>
    /// <param name="part">Which part; the whole where it is empty.</param>
    public static IdempotencyKey Key(string within, CloudEvent received, string part = "")
    {
        var said = received with { Extensions = received.Extensions.Where(extension => extension.Key != EventTarget.Extension).ToDictionary(StringComparer.Ordinal) };
        return IdempotencyKey.Of(within, $"{received.Source}\0{received.Id}\0{received.Type}\0{part}", Content(said).Span);
    }

    // As it is kept, so that the event and what was kept of it are the same; and as canonical JSON, so that it is the same however it was carried and set
    // out on the way. What has no canonical form is the same where its bytes are.
    private static ReadOnlyMemory<byte> Content(CloudEvent said)
    {
        if (!said.HasJson) return CloudEventJson.Write(said);
        var kept = CloudEventJson.Redact(said).Json;
        var canonical = new ArrayBufferWriter<byte>(kept.Length);
        return CanonicalJson.TryCanonicalize(kept.Span, canonical, out _) ? canonical.WrittenMemory : kept;
    }
}
