using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;

namespace Ledger.Exports.Releases;

/// <summary>
/// All that the log holds about one release: what every file about it is made from, and nothing else is. Folded from the events, never read from a
/// projection. Immutable and thread-safe.
/// </summary>
internal sealed class ReleaseDossier
{
    private readonly Dictionary<long, ExportedEvent> _bySequence;

    /// <summary>Opens a dossier.</summary>
    /// <param name="origin">The log's name.</param>
    /// <param name="created">The log's first event.</param>
    /// <param name="published">The event that published the policy that the release pinned.</param>
    /// <param name="history">The release's events, from the first, in order.</param>
    /// <param name="signerEvents">The events of the signers that the history names, in the order of the log.</param>
    /// <exception cref="InvalidDataException">The events do not belong together.</exception>
    public ReleaseDossier(
        string origin, ExportedEvent created, ExportedEvent published, IReadOnlyList<ExportedEvent> history, IReadOnlyList<ExportedEvent> signerEvents)
    {
        (Origin, Created, Published, History, SignerEvents) = (origin, created, published, history, signerEvents);
        var recorded = history.Select(each => each.Recorded<ReleaseEvent>()).ToList();
        State = recorded.Aggregate((ReleaseState?)null, ReleaseFold.Evolve) ?? throw new InvalidDataException("a release has at least one event");
        Policy = PolicyOf((PolicyEvent.Published)published.Event);
        if (Policy.Reference != State.Opened.Policy) throw new InvalidDataException($"the policy is {Policy.Reference}, {Release} pinned {State.Opened.Policy}");
        Standing = StandingOnRecord.Of(recorded, Policy);
        Now = SignOffJudge.Judge(State, Policy.Policy);
        Signers = signerEvents.GroupBy(each => each.Stream, StringComparer.Ordinal)
            .Select(stream => stream.Select(each => each.Recorded<SignerEvent>()).Aggregate((SignerState?)null, SignerState.Evolve)!)
            .ToDictionary(signer => signer.Id, StringComparer.Ordinal);
        SignOffs = [.. history.Where(each => each.Event is ReleaseEvent.SignedOff).Select((each, i) => Open(i + 1, each))];
        _bySequence = Events.ToDictionary(each => each.Sequence);
    }

    public string Origin { get; }

    public ReleaseId Release => State.Id;

    public ExportedEvent Created { get; }

    public ExportedEvent Published { get; }

    public IReadOnlyList<ExportedEvent> History { get; }

    public IReadOnlyList<ExportedEvent> SignerEvents { get; }

    /// <summary>All of the events, in the order of the log.</summary>
    public IEnumerable<ExportedEvent> Events => [.. History.Append(Created).Append(Published).Concat(SignerEvents).OrderBy(each => each.Sequence)];

    public ReleaseState State { get; }

    public PublishedPolicy Policy { get; }

    /// <summary>The go/no-go on file.</summary>
    public ReleaseStanding Standing { get; }

    /// <summary>How far it came on its way to its users, by its last event; null where nothing was planned and nothing heard.</summary>
    public DeploymentStanding? Rollout => ReleaseJudge.Judge(State, Policy, State.LastAt).Deployment;

    /// <summary>The sign-off chain after the last event; null where the policy asks for none.</summary>
    public SignOffStanding? Now { get; }

    /// <summary>The signers named, by id, after their last event.</summary>
    public IReadOnlyDictionary<string, SignerState> Signers { get; }

    public IReadOnlyList<ExportedSignOff> SignOffs { get; }

    /// <summary>The newest recorded decision; null where there is none.</summary>
    public ExportedEvent? Decision => History.LastOrDefault(each => each.Event is ReleaseEvent.DecisionMade);

    /// <summary>How the release ended; null while it is open.</summary>
    public ExportedEvent? Closed => History.LastOrDefault(each => each.Event is ReleaseEvent.Closed);

    /// <summary>The event at a place in the log.</summary>
    /// <exception cref="KeyNotFoundException">It is not one of the dossier's.</exception>
    public ExportedEvent At(EventReference reference) => _bySequence[reference.Sequence];

    /// <summary>The release's events of one kind, in order, opened.</summary>
    public IEnumerable<(ExportedEvent At, TEvent Event)> Of<TEvent>()
        where TEvent : ReleaseEvent => History.Where(each => each.Event is TEvent).Select(each => (each, (TEvent)each.Event));

    /// <summary>Opens a policy from the event that published it.</summary>
    /// <exception cref="InvalidDataException">This build cannot read it.</exception>
    public static PublishedPolicy PolicyOf(PolicyEvent.Published published) => PolicyJson.Read(published.Document) is PolicyReading.Success success
        ? new PublishedPolicy(published.Policy, success.Policy)
        : throw new InvalidDataException($"version {published.Policy.Version} of the policy '{published.Policy.Name}' cannot be read by this build");

    private ExportedSignOff Open(int number, ExportedEvent @event)
    {
        var signed = (ReleaseEvent.SignedOff)@event.Event;
        if (!Envelope.TryParse(JsonSerializer.SerializeToUtf8Bytes(signed.Envelope, DomainJson.Default.SignOffEnvelope), out var envelope, out var error))
            throw new InvalidDataException($"the envelope of event {@event.Sequence} cannot be read: {error}");
        if (!Integrity.Statements.Statement.TryParseExact(envelope.UnverifiedPayload.Span, out var statement, out error))
            throw new InvalidDataException($"the statement of event {@event.Sequence} cannot be read: {error}");
        return new ExportedSignOff(
            number, @event, signed, envelope, SignOffPredicate.Read(statement.Predicate.Span), Signers.GetValueOrDefault(signed.Signer)?.Key(signed.Key)?.Key);
    }
}
