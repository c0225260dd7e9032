using System.Buffers;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Store.Log;
using Ledger.Store.Projections;
using Ledger.Store.Releases;
using Npgsql;

namespace Ledger.Store.Append;

/// <summary>
/// Decides submissions one after the other, in memory, and seals what follows: canonical data, leaf, chain, tree, checkpoint. Owned by the
/// sequencer's loop; what it knows runs ahead of the database by the groups in flight, and is thrown away when one of them fails.
/// </summary>
internal sealed class GroupBuilder(StreamCache streams, RecordedSamples samples, KeyHolders keys, PolicyCache policies, NoteSigner signer, TimeProvider clock)
{
    private readonly bool _isSandbox = Sandbox.IsOrigin(signer.VerifierKey.Name);
    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly ArrayBufferWriter<byte> _leaf = new(4096);
    private (Actor? Actor, byte[] Json) _actor = (null, []);
    private readonly EventPlaces _places = new();
    private TreeEdge _edge = new();
    private DateTimeOffset _lastTime;

    /// <summary>Starts over from what is durable.</summary>
    public void Reset(TreeEdge edge, DateTimeOffset lastTime)
    {
        _edge = edge;
        _lastTime = lastTime;
        streams.Clear();
        samples.Clear();
        keys.Clear();
        _places.Clear();
    }

    /// <summary>A group that follows everything decided so far.</summary>
    public SealedGroup Begin()
    {
        samples.Begin();
        return new SealedGroup { Before = _edge.Copy() };
    }

    /// <summary>Decides <paramref name="batch"/>, one after the other, into <paramref name="group"/>.</summary>
    public async Task DecideAsync(SealedGroup group, IReadOnlyList<PendingSubmission> batch, CancellationToken cancellation)
    {
        var asked = batch.SelectMany(pending => StreamsOf(pending.Submission.Command));
        await streams.LoadAsync(_isSandbox ? asked.Append(LogCommand.StreamName) : asked, _edge.Size, cancellation);
        await samples.LoadAsync(batch.Select(pending => pending.Submission.Command).OfType<DeploymentCommand.Measure>(), cancellation);
        if (batch.Any(pending => KeyOf(pending.Submission.Command) is not null)) await keys.LoadAsync(_edge.Size, cancellation);
        foreach (var pending in batch)
        {
            pending.Attempts++;
            try
            {
                await DecideAsync(group, pending, cancellation);
            }
            catch (Exception exception) when (exception is not (NpgsqlException or TimeoutException or OperationCanceledException))
            {
                // A bug, or a stored policy that was tampered with. It must not take the other submissions down.
                group.Fault(pending, exception);
            }
        }
    }

    /// <summary>Signs the tree with the group's events in it. Nothing is decided into the group afterwards.</summary>
    public void Seal(SealedGroup group)
    {
        if (group.Events.Count == 0) return;
        group.Root = _edge.Root();
        group.Checkpoint = new Checkpoint(signer.VerifierKey.Name, _edge.Size, group.Root).Sign(signer).ToString();
    }

    private async ValueTask DecideAsync(SealedGroup group, PendingSubmission pending, CancellationToken cancellation)
    {
        var submission = pending.Submission;
        var head = streams[submission.Command.StreamKey];
        var at = TimeOf(submission.Command);
        var policy = await PolicyOfAsync(submission.Command, head, cancellation);
        switch (head.Aggregate.Decide(submission.Command, head.State, ContextOf(submission, head, policy, at)))
        {
            case Decision.Refused refused:
                group.Refuse(pending, refused.Refusal);
                break;
            case Decision.Accepted accepted:
                Append(group, pending, accepted.Events, head, at);
                break;
        }
    }

    private void Append(SealedGroup group, PendingSubmission pending, IReadOnlyList<LedgerEvent> events, StreamHead head, DateTimeOffset at)
    {
        if (events.Count == 0) throw new InvalidOperationException("a decision accepted with no events is not a decision");

        var stream = pending.Submission.Command.StreamKey;
        var actor = pending.Submission.Actor;
        if (actor != _actor.Actor) _actor = (actor, CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(actor, DomainJson.Default.Actor)));
        var actorJson = _actor.Json;
        var rows = new List<(EventRow Row, Hash Leaf)>(events.Count);
        foreach (var @event in events)
        {
            var row = Seal(_edge.Size + rows.Count + 1, stream, head, @event, at, actorJson, out var leaf);
            if (row is null)
            {
                group.Refuse(pending, new Refusal(
                    "event_too_large", $"the event would have more than the {EventLeaf.MaxLeafBytes} bytes that a leaf may have", "send less: shorter texts, or a report with fewer measurements"));
                return;
            }

            rows.Add((row, leaf));
            var recorded = new Recorded<LedgerEvent>(row.Sequence, row.Version, at, actor, @event);
            head = head with { Version = row.Version, Last = leaf, State = head.Aggregate.Evolve(head.State, recorded) };
        }

        // Only now is it certain that all of the command's events fit.
        _lastTime = at;
        foreach (var (row, leaf) in rows)
        {
            _edge.Append(leaf, group.Tiles);
            group.Events.Add(row);
            group.Leaves.Add(leaf);
            if (_places.Add(row.Sequence, stream, row.Type, actor.Id) is { } block) group.Blocks.Add(block);
        }

        group.Move(stream, streams[stream], head);
        streams[stream] = head;
        group.Accept(pending, events, head.State as ReleaseState);
        foreach (var published in events.OfType<PolicyEvent.Published>()) policies.Add(published);
        foreach (var measured in events.OfType<DeploymentEvent.Measured>()) group.Measurements.AddRange(samples.Add(stream, measured));
        foreach (var added in events.OfType<SignerEvent.KeyAdded>()) keys.Add(added.Key.Id, stream);
    }

    private EventRow? Seal(long sequence, string stream, StreamHead head, LedgerEvent @event, DateTimeOffset at, byte[] actor, out Hash leafHash)
    {
        leafHash = default;
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json)) EventJson.Write(writer, @event);
        var data = CanonicalJson.Canonicalize(_json.WrittenSpan);

        var id = Guid.CreateVersion7(at);
        _leaf.ResetWrittenCount();
        var leaf = new EventLeaf
        {
            Id = id, Stream = stream, Version = head.Version + 1, Type = @event.Type, Time = at, Actor = actor, Data = data, Prev = head.Last,
        };
        if (!leaf.TryWrite(_leaf, out _)) return null;

        leafHash = MerkleHash.Leaf(_leaf.WrittenSpan);
        return new EventRow(sequence, id, stream, head.Version + 1, data, @event.Type, at.UtcDateTime, EventHeaders.Write(actor, head.Last));
    }

    private DecisionContext ContextOf(Submission submission, StreamHead head, PublishedPolicy? policy, DateTimeOffset at) => new(
        submission.Actor, at, policy, SignOffContextOf(submission.Command, head),
        submission.Command is DeploymentCommand.Measure measure ? samples.Of(measure) : null,
        KeyOf(submission.Command) is { } key ? keys.Find(key) : null);

    // The server's clock may be set back; the log's time does not follow it.
    private DateTimeOffset TimeOf(LedgerCommand command)
    {
        var now = UtcTimeJsonConverter.Truncate(_isSandbox ? SandboxTimeOf(command) : clock.GetUtcNow());
        return now > _lastTime ? now : _lastTime;
    }

    // From the log and nowhere else, so that every node gives the same times from the clock's event on.
    private DateTimeOffset SandboxTimeOf(LedgerCommand command) => command switch
    {
        LogCommand.Create => Sandbox.Beginning,
        LogCommand.SetClock { To: { } to } => to,
        LogCommand.SetClock => clock.GetUtcNow(),
        DeadlineCommand.Pass { At: { } at } => at,
        _ => SandboxTime.Now((streams[LogCommand.StreamName].State as LogState)?.Clock, clock.GetUtcNow()),
    };

    // The command's own stream, and the one that it is held against.
    private static IEnumerable<string> StreamsOf(LedgerCommand command) => command switch
    {
        ReleaseCommand.Open open => [command.StreamKey, PolicyCommand.StreamOf(open.Policy)],
        ReleaseCommand when SignerOf(command) is { } signer => [command.StreamKey, SignerId.StreamOf(signer)],
        _ => [command.StreamKey],
    };

    // The key that a signer would get.
    private static Digest? KeyOf(LedgerCommand command) => command switch
    {
        SignerCommand.Enrol enrol => enrol.Key?.Id,
        SignerCommand.AddKey add => add.Key.Id,
        _ => null,
    };

    // What a statement calls its signer is any text; only an id can be somebody's.
    private static string? SignerOf(LedgerCommand command)
    {
        var id = command switch
        {
            ReleaseCommand.SignOff sign => sign.Signed.Predicate.Signer.Id,
            ReleaseCommand.WithdrawSignOff withdraw => withdraw.Signer,
            _ => null,
        };
        return SignerId.IsValid(id) ? id : null;
    }

    // From the cache and not from the database: a key that was revoked earlier in this very group is revoked.
    private SignOffContext? SignOffContextOf(LedgerCommand command, StreamHead head) =>
        command is ReleaseCommand.SignOff or ReleaseCommand.WithdrawSignOff or ReleaseCommand.Decide && head.Last is { } last
            ? new SignOffContext(
                signer.VerifierKey.Name, Digest.Of(last.Bytes), StandingDigest.Of,
                SignerOf(command) is { } id ? (SignerState?)streams[SignerId.StreamOf(id)].State : null)
            : null;

    private async ValueTask<PublishedPolicy?> PolicyOfAsync(LedgerCommand command, StreamHead head, CancellationToken cancellation)
    {
        switch (command)
        {
            case ReleaseCommand.Open open:
                var latest = ((PolicyState?)streams[PolicyCommand.StreamOf(open.Policy)].State)?.Latest.Version ?? 0;
                var version = open.PolicyVersion ?? latest;
                return version < 1 || version > latest ? null : await policies.GetAsync(open.Policy, version, cancellation);
            case ReleaseCommand when head.State is ReleaseState release:
                return await policies.GetAsync(release.Opened.Policy.Name, release.Opened.Policy.Version, cancellation);
            default:
                return null;
        }
    }
}
