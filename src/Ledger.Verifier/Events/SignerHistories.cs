using Ledger.Domain;
using Ledger.Domain.Signers;

namespace Ledger.Verifier.Events;

/// <summary>Signers' events folded, so that each signer is known as they were at any place in the log.</summary>
internal sealed class SignerHistories
{
    private readonly Dictionary<string, SignerHistory> _byStream = new(StringComparer.Ordinal);

    public SignerHistories(IEnumerable<LoggedEvent> events)
    {
        foreach (var stream in events.GroupBy(logged => logged.Stream, StringComparer.Ordinal))
            _byStream.Add(stream.Key, SignerHistory.Read(stream.Key, [.. stream]));
    }

    /// <summary>The history of the signer of that id; null where there is none.</summary>
    public SignerHistory? Find(string id) => _byStream.GetValueOrDefault(SignerId.StreamOf(id));

    /// <summary>Another signer who had the key before a place in the log; null where there is none.</summary>
    public SignerState? OtherWith(Digest key, string id, long sequence) =>
        _byStream.Values.Select(history => history.Before(sequence)).FirstOrDefault(signer => signer is not null && signer.Id != id && signer.Key(key) is not null);
}

/// <summary>One signer's events, with the state after each.</summary>
internal sealed class SignerHistory
{
    private readonly IReadOnlyList<SignerState> _states;

    private SignerHistory(IReadOnlyList<LoggedEvent> events, IReadOnlyList<SignerState> states, string? error) => (Events, _states, Error) = (events, states, error);

    public IReadOnlyList<LoggedEvent> Events { get; }

    /// <summary>Why the events are not a signer's history; null when they are.</summary>
    public string? Error { get; }

    /// <summary>The signer after all the events; null where they are no history.</summary>
    public SignerState? State => _states.Count == 0 ? null : _states[^1];

    /// <summary>The signer as they were before a place in the log; null where they were not enrolled.</summary>
    public SignerState? Before(long sequence) => _states.LastOrDefault(state => state.Last.Sequence < sequence);

    public static SignerHistory Read(string stream, IReadOnlyList<LoggedEvent> events)
    {
        var error = StreamOrder.Check(stream, events);
        var states = error is null ? Untrusted.Read(() => Fold(events), out error) : null;
        if (states is not null && SignerId.StreamOf(states[^1].Id) != stream) error = $"the signer who was enrolled is not that of '{stream}'";
        return new SignerHistory(events, error is null ? states! : [], error);
    }

    private static List<SignerState> Fold(IReadOnlyList<LoggedEvent> events)
    {
        var states = new List<SignerState>(events.Count);
        foreach (var logged in events) states.Add(SignerState.Evolve(states.Count == 0 ? null : states[^1], logged.Recorded<SignerEvent>()));
        return states;
    }
}
