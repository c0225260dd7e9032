using System.Buffers;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;

namespace Ledger.Store.Projections;

/// <summary>
/// What an event lets its release be found by, as <c>ledger_terms_of</c> says it in SQL to the write path. An audit says it again, for it takes
/// no answer from functions that whoever has the database could have changed; a test holds the two together.
/// </summary>
internal static class EventTerms
{
    private const int WordLengthMin = 2;
    private const int WordLengthMax = 64;

    // ledger_words parts a text at ASCII punctuation and these.
    private static readonly SearchValues<char> Separators = SearchValues.Create("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r");

    /// <summary>The terms, some of them perhaps twice; none for most events.</summary>
    /// <param name="event">What happened.</param>
    /// <param name="sequence">Its place in the log.</param>
    public static IEnumerable<(string Kind, string Value)> Of(LedgerEvent @event, long sequence) => @event switch
    {
        ReleaseEvent.GateReported reported => [("tool", reported.Tool)],
        ReleaseEvent.Opened opened => OfOpened(opened),
        ReleaseEvent.GateWaived waived => [("waived", waived.Gate), .. Words(waived.Gate, waived.Owner, waived.Reason, waived.Control)],
        ReleaseEvent.SignedOff signedOff => [("signer", signedOff.Signer), ("role", signedOff.Role)],
        ReleaseEvent.SignOffWithdrawn withdrawn => Words(withdrawn.Reason),
        ReleaseEvent.DecisionMade made => [("decided_at", $"{sequence}"), ("decision", Name(JsonSerializer.SerializeToUtf8Bytes(made.Verdict, DomainJson.Default.Verdict))), .. Words(made.Reason, made.Emergency?.Reason)],
        ReleaseEvent.Closed closed => [("closed_at", $"{sequence}"), ("closed", Name(JsonSerializer.SerializeToUtf8Bytes(closed.Outcome, DomainJson.Default.CloseOutcome))), .. Words(closed.Reason)],
        DeploymentEvent.Started => [("deployment", "started")],
        DeploymentEvent.Aborted => [("deployment", "aborted")],
        DeploymentEvent.DeviationRecorded deviation => [("deviation", deviation.Code)],
        RollbackEvent.Started => [("deployment", "rolling_back")],
        RollbackEvent.Completed => [("deployment", "rolled_back")],
        RollbackEvent.Triggered triggered => [("rule", triggered.Rule)],
        _ => [],
    };

    private static IEnumerable<(string Kind, string Value)> OfOpened(ReleaseEvent.Opened opened) =>
    [
        ("version", opened.Version),
        ("environment", opened.Environment),
        ("commit", opened.Commit.ToLowerInvariant()),
        ("policy", opened.Policy.Name),
        .. opened.Artifacts.Select(artifact => ("artifact", artifact.Digest.ToString())),
        .. Words([opened.Service, opened.Version, opened.Tag, opened.Summary, opened.Environment, .. opened.Artifacts.Select(artifact => artifact.Name)]),
    ];

    private static IEnumerable<(string Kind, string Value)> Words(params IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            var rest = text.AsMemory();
            while (!rest.IsEmpty)
            {
                var end = rest.Span.IndexOfAny(Separators);
                var word = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                if (word.Length >= WordLengthMin && Word(word.Span) is { } term) yield return ("word", term);
            }
        }
    }

    // Lengths are of characters, as PostgreSQL counts them; only ASCII has a small form.
    private static string? Word(ReadOnlySpan<char> text)
    {
        var word = new StringBuilder(text.Length);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++length <= WordLengthMax) word.Append(rune.IsAscii ? char.ToLowerInvariant((char)rune.Value) : rune);
        }

        return length >= WordLengthMin ? word.ToString() : null;
    }

    private static string Name(byte[] json) => Encoding.UTF8.GetString(json.AsSpan(1..^1));
}
