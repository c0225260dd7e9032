using Ledger.Domain.Events;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Store.Append;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Reads the events of a stream and folds them, none skipped, and holds each against its stream. It touches one stream and its rows only, so
/// different streams can be folded at once. An event is read where it is folded, and gone before the next one.
/// </summary>
internal static class StreamFold
{
    /// <summary>Folds what the stream has not folded yet. What is wrong is said of the row, and breaks the stream.</summary>
    public static void Run(AuditedStream stream, VerifierKey key)
    {
        for (var row = stream.Unfolded?.First; row is not null; row = row.Next)
        {
            if (row.StreamProblem is null && !stream.IsBroken) Fold(stream, row, key);
            stream.IsBroken |= row.StreamProblem is not null;
        }

        stream.Unfolded = null;
    }

    private static void Fold(AuditedStream stream, AuditedRow row, VerifierKey key)
    {
        if (row.Actor is null)
        {
            stream.IsBroken = true; // the row's own problem says why
            return;
        }

        LedgerEvent @event;
        try
        {
            @event = EventJson.Read(row.Type, row.Data.Span);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            row.StreamProblem = ("event_unknown", $"the event cannot be read: {exception.Message}");
            return;
        }

        try
        {
            stream.Aggregate ??= Aggregate.Of(row.Stream!);
            stream.State = stream.Aggregate.Evolve(stream.State, new Recorded<LedgerEvent>(row.Sequence, row.Version, row.At, row.Actor, @event));
            if (ContentProblem(row, @event, key) is { } message) row.StreamProblem = ("event_inconsistent", message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            row.StreamProblem = ("event_does_not_follow", $"the event cannot follow in its stream: {exception.Message}");
        }
    }

    private static string? ContentProblem(AuditedRow row, LedgerEvent @event, VerifierKey key)
    {
        switch (@event)
        {
            case LogEvent.Created created:
                return created.Origin == key.Name && created.VerifierKey == key.ToString() ? null : "the log was created under another origin or key";
            case PolicyEvent.Published published:
                row.Event = published;
                if (PolicyCommand.StreamOf(published.Policy.Name) != row.Stream) return "the policy belongs to another stream";
                return PolicyCache.DigestOf(published.Document) == published.Policy.Digest ? null : "the policy does not have the digest under which it was published";
            case ReleaseEvent.Opened opened:
                row.Event = opened;
                return ReleaseId.TryCreate(opened.Service, opened.Version)?.StreamKey == row.Stream ? null : "the release belongs to another stream";
            case ReleaseEvent.GateReported { Evidence: var evidence }:
                if (!Hash.TryParseHex(evidence.Digest.Hex, out var hash)) return "the evidence has no digest";
                row.Evidence = (hash, new NamedEvidence(evidence.Size, evidence.MediaType));
                return null;
            default:
                return null;
        }
    }
}
