using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;
using Ledger.Server.Http;
using Ledger.Store.Append;

namespace Ledger.Server.Events;

/// <summary>What is kept of an event, without secrets and personal data.</summary>
/// <param name="Source">Its source.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Evidence">Which bytes are kept.</param>
/// <param name="Redactions">How much was taken out of them.</param>
/// <param name="At">When it happened, as it says; or null.</param>
/// <param name="Summary">What it says, in a sentence; or null.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record KeptContent(string Source, string Id, string Kind, Evidence Evidence, int Redactions, DateTimeOffset? At, string? Summary, EvidenceBytes Bytes)
{
    public static KeptContent Of(CloudEvent received, CdEvent? cdEvent)
    {
        var (json, redactions) = CloudEventJson.Redact(received);
        var digest = Hash.Sha256(json.Span);
        return new KeptContent(
            FreeText.Redact(received.Source), FreeText.Redact(received.Id), FreeText.Redact(received.Type), new Evidence(Digest.Of(digest.Bytes), json.Length, CloudEventReader.Structured), redactions,
            cdEvent?.Time ?? received.Time, cdEvent is null ? null : CdEventText.Of(cdEvent), new EvidenceBytes(digest, CloudEventReader.Structured, json));
    }

    /// <summary>What a release's stream says of it.</summary>
    /// <param name="from">The event of its source's stream as which it came; null where it came with its release.</param>
    public ExternalEvent.Kept ForRelease(EventReference? from) => new(Source, Id, Kind, Evidence, Redactions, At, Summary, from);
}
