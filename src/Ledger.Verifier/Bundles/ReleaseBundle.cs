using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Signers;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Verifier.Bundles;

/// <summary>The steps of a release's bundle, from its events to the files that follow from them.</summary>
internal sealed class ReleaseBundle(OpenedBundle bundle, BundleSteps steps, string subject)
{
    private const int MaxEvents = 100_000;
    private const int MaxProofBytes = 4_096;
    private const int MaxFileBytes = 16 * 1024 * 1024;

    private readonly List<LoggedEvent> _events = [];
    private readonly List<InclusionProofLine> _proofs = [];
    private List<LoggedEvent> _release = [];
    private List<LoggedEvent> _signers = [];
    private LoggedEvent? _policyEvent;
    private PublishedPolicy? _policy;
    private ReleaseHistory? _history;

    public Verdict? Verdict { get; private set; }

    public ChainReport? Chain { get; private set; }

    public void Verify()
    {
        _ = steps.Take(BundleCheck.Events, "every event is one, in log order", OfTheEvents)
            && steps.Take(BundleCheck.Inclusion, $"all {_events.Count} events are in the log's tree", OfTheInclusion)
            && steps.Take(BundleCheck.Streams, "versions follow one another without a gap; that nothing came after the last is the log's word", OfTheStreams)
            && steps.Take(BundleCheck.Policy, "the policy is the one that the release pinned", OfThePolicy)
            && steps.Take(BundleCheck.Deployments, "deployments began under the policy's terms, and rollbacks were triggered where the measurements come to it, and nowhere else", OfTheDeployments)
            && steps.Take(BundleCheck.GoNoGo, "replaying the events gives the go/no-go, byte for byte", OfTheGoNoGo)
            && TakeSignOffs()
            && steps.Take(BundleCheck.DerivedFiles, "sign-offs, keys and summary are what the events say", () => new ReleaseFiles(bundle, _history!, _signers, _events).Check())
            && TakeEvidence();
    }

    private Fault? OfTheEvents()
    {
        using var proofs = new Lines(bundle.Stream(BundlePath.Proofs), MaxProofBytes);
        using var leaves = new Lines(bundle.Stream(BundlePath.Events), EventLeaf.MaxLeafBytes);
        while (leaves.More())
        {
            if (_events.Count == MaxEvents) return new Fault($"there are more than {MaxEvents} events", BundlePath.Events, CannotTell: true);
            if (!proofs.More() || !InclusionProofLine.TryParse(proofs.Current.Span, out var proof))
                return new Fault("there is no proof of inclusion for this event", BundlePath.Proofs, $"line {leaves.Number}");
            if (!LoggedEvent.TryRead(proof.LeafIndex + 1, leaves.Current.ToArray(), out var logged, out var error))
                return new Fault(error, BundlePath.Events, $"line {leaves.Number}");
            if (_events.Count > 0 && (logged.Sequence <= _events[^1].Sequence || logged.At < _events[^1].At))
                return new Fault("the event does not come after the one before it", BundlePath.Events, $"line {leaves.Number}");
            _events.Add(logged);
            _proofs.Add(proof);
        }

        if (leaves.Error is { } unreadable) return new Fault(unreadable, BundlePath.Events, $"line {leaves.Number}");
        if (proofs.More() || proofs.Error is not null) return new Fault("there is a proof for no event", BundlePath.Proofs, $"line {proofs.Number}");
        return _events.Count == 0 ? new Fault("there are no events", BundlePath.Events) : null;
    }

    private Fault? OfTheInclusion()
    {
        var checkpoint = bundle.Checkpoint!;
        for (var i = 0; i < _events.Count; i++)
        {
            var verified = InclusionProof.Verify(_events[i].LeafIndex, checkpoint.Size, _events[i].LeafHash, [.. _proofs[i].Hashes], checkpoint.Root);
            if (!verified.IsValid) return new Fault($"the event at sequence {_events[i].Sequence} is not in the log: {verified.Reason}", BundlePath.Events, $"line {i + 1}");
        }

        return null;
    }

    private Fault? OfTheStreams()
    {
        if (ReleaseId.TryParse(subject) is not { } id) return new Fault($"'{subject}' is not a release", BundleManifest.Path);
        _release = [.. _events.Where(logged => logged.Stream == id.StreamKey)];
        _signers = [.. _events.Where(logged => SignerId.FromStreamKey(logged.Stream) is not null)];
        _history = ReleaseHistory.Read(_release, out var error);
        if (_history is null) return new Fault(error!, BundlePath.Events);

        var created = Untrusted.Read(_events[0].Open, out _) as LogEvent.Created;
        if (_events[0] is not { Sequence: 1, Stream: LogCommand.StreamName } || created?.Origin != bundle.LogKey!.Name || created.VerifierKey != bundle.LogKey.ToString())
            return new Fault("the first event does not begin this log, with this key", BundlePath.Events, "line 1");

        var policy = PolicyCommand.StreamOf(_history.State.Opened.Policy.Name);
        foreach (var logged in _events.Skip(1))
        {
            if (logged.Stream == policy && _policyEvent is null) _policyEvent = logged;
            else if (logged.Stream != id.StreamKey && SignerId.FromStreamKey(logged.Stream) is null)
                return new Fault($"the event at sequence {logged.Sequence}, of '{logged.Stream}', does not belong to the release", BundlePath.Events);
        }

        if (_policyEvent is null) return new Fault("the event that published the policy is not there", BundlePath.Events);
        return OfTheSigners(_history);
    }

    private Fault? OfTheSigners(ReleaseHistory history)
    {
        var named = history.Steps.Select(step => step.Event).OfType<ReleaseEvent.SignedOff>().Select(signed => SignerId.StreamOf(signed.Signer)).ToHashSet(StringComparer.Ordinal);
        foreach (var stream in _signers.GroupBy(logged => logged.Stream, StringComparer.Ordinal))
        {
            if (!named.Remove(stream.Key)) return new Fault($"'{stream.Key}' signed nothing in this release", BundlePath.Events);
            if (SignerHistory.Read(stream.Key, [.. stream]).Error is { } error) return new Fault(error, BundlePath.Events);
        }

        return named.Count == 0 ? null : new Fault($"the events of '{named.First()}' are not there", BundlePath.Events);
    }

    private Fault? OfThePolicy()
    {
        var pinned = _history!.State.Opened.Policy;
        _policy = PinnedPolicy.Read(_policyEvent!, pinned, out var error);
        if (_policy is null) return new Fault(error!, BundlePath.Events);
        if (!bundle.Has(BundlePath.Policy)) return new Fault($"the bundle has no '{BundlePath.Policy}'", BundlePath.Policy);
        return Digest.Of(bundle.Sha256(BundlePath.Policy).Bytes) == pinned.Digest ? null : new Fault("it has not the digest that the release pinned", BundlePath.Policy);
    }

    private Fault? OfTheDeployments()
    {
        var triggers = new AwaitedTriggers();
        foreach (var (logged, happened, before) in _history!.Steps)
        {
            if (happened is DeploymentEvent.Started started && !IsPlanned(started.Terms)) return FaultAt(logged, $"the deployment at sequence {logged.Sequence} began under other terms than the policy's");
            var untrue = Untrusted.Read(() => triggers.Follow(happened, before, logged.Version) ?? string.Empty, out var error);
            if ((error ?? untrue) is { Length: > 0 } wrong) return FaultAt(logged, $"at sequence {logged.Sequence}, {wrong}");
        }

        return triggers.End() is { } missing ? FaultAt(_release[^1], $"after sequence {_release[^1].Sequence}, {missing}") : null;
    }

    private bool IsPlanned(DeploymentTerms terms) => DeploymentTerms.Of(_policy!.Policy) is { } planned && Bytes(terms).AsSpan().SequenceEqual(Bytes(planned));

    private static byte[] Bytes(DeploymentTerms terms) => JsonSerializer.SerializeToUtf8Bytes(terms, DomainJson.Default.DeploymentTerms);

    private Fault FaultAt(LoggedEvent logged, string detail) => new(detail, BundlePath.Events, $"line {_events.IndexOf(logged) + 1}");

    private Fault? OfTheGoNoGo()
    {
        if (bundle.Read(BundlePath.GoNoGo, MaxFileBytes, out var fault) is not { } bytes) return fault;
        var recorded = _history!.Steps.Select(step => new Recorded<ReleaseEvent>(step.Logged.Sequence, step.Logged.Version, step.Logged.At, step.Logged.Actor, step.Event)).ToList();
        var standing = Untrusted.Read(() => StandingOnRecord.Of(recorded, _policy!), out var error);
        if (standing is null) return new Fault($"the events cannot be replayed: {error}", BundlePath.Events);
        if (!GoNoGoDigest.Canonical(standing).AsSpan().SequenceEqual(bytes)) return new Fault($"replaying the events gives {Verdicts.Name(standing.Verdict)}, and not these bytes", BundlePath.GoNoGo);
        Verdict = standing.Verdict;
        return OfTheDecisions();
    }

    // Each decision names the go/no-go it was made on: it has to be the one that the events before it come to.
    private Fault? OfTheDecisions()
    {
        foreach (var step in _history!.Steps)
        {
            if (step is not { Event: ReleaseEvent.DecisionMade made, Before: { } before }) continue;
            var standing = Untrusted.Read(() => ReleaseJudge.Judge(before, _policy!, made.GoNoGo.At), out var error);
            if (standing is null || made.Policy != _policy!.Reference || made.GoNoGo.Verdict != standing.Verdict || made.GoNoGo.Digest != GoNoGoDigest.Of(standing))
                return FaultAt(step.Logged, $"the decision at sequence {step.Logged.Sequence} does not rest on what the events before it come to");
        }

        return null;
    }

    private bool TakeSignOffs()
    {
        // Each event was found to be in the tree; what is not there cannot be asked about.
        Chain = SignOffChain.Verify(new ChainEvidence(bundle.LogKey!.Name, _release, _policyEvent!, _signers, _ => CheckOutcome.Passed));
        var found = Chain switch
        {
            { Required: false, Links.Count: 0 } => "the policy asks for no sign-offs",
            { Status: ChainStatus.Valid } => $"{Chain.Links.Count} sign-offs are a valid chain",
            _ => $"{Chain.Links.Count} sign-offs are genuine; the chain is {(Chain.Status == ChainStatus.Stale ? "STALE" : "INCOMPLETE")}: {Chain.Detail}",
        };
        return steps.Take(BundleCheck.SignOffs, found, () => Chain.Status == ChainStatus.Invalid ? new Fault($"the chain is INVALID: {Chain.Detail}", BundlePath.Events) : null);
    }

    private bool TakeEvidence()
    {
        var stored = bundle.Entries.Where(entry => entry.Path.StartsWith(BundlePath.EvidenceFolder, StringComparison.Ordinal)).ToList();
        if (stored.Count == 0)
        {
            steps.Skip(BundleCheck.Evidence, "the bundle holds no stored reports, only their digests");
            return true;
        }

        return steps.Take(BundleCheck.Evidence, $"{stored.Count} stored reports have the digests that the events name", () =>
        {
            var known = ReleaseFiles.Evidence(_history!).ToDictionary(evidence => BundlePath.EvidenceOf(evidence.Digest.Hex), StringComparer.Ordinal);
            foreach (var entry in stored)
            {
                if (!known.TryGetValue(entry.Path, out var evidence) || evidence.Size != entry.Size || evidence.Digest != Digest.Of(bundle.Sha256(entry.Path).Bytes))
                    return new Fault("it is not a report that the release's events rest on", entry.Path);
            }

            return null;
        });
    }
}
