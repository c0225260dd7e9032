using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Releases;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Ledger.Verifier.Chains;

namespace Ledger.Server.GraphQL.Requests;

/// <summary>Everything that one execution reads by keys. Scope is for those who ask: what comes by here was allowed before.</summary>
internal sealed class Loaders
{
    /// <summary>The most events of some kinds that are read of one release at once.</summary>
    public const int EventsOfReleaseMax = 1_000;

    private readonly Asking _asking;

    public Loaders(Asking asking, CancellationToken cancellation)
    {
        _asking = asking;
        var (store, desk) = (asking.Store, asking.Sources.Desk);
        Events = new(desk, async sequences => (await store.Events.FindAsync(sequences, cancellation)).ToDictionary(stored => stored.Sequence));
        Places = new(desk, async places => (await store.Events.FindAtAsync(places, cancellation)).ToDictionary(stored => (stored.Stream, stored.Version)));
        Releases = new(desk, async keys =>
        {
            var found = new Dictionary<ReleaseKey, ReleaseAt>();
            foreach (var moment in keys.GroupBy(key => key.AsOf))
            {
                ReleaseId[] releases = [.. moment.Select(key => key.Release)];
                var views = moment.Key is { } asOf ? await store.Releases.FindAsOfAsync(releases, asOf, cancellation) : await store.Releases.FindAsync(releases, cancellation);
                foreach (var (release, view) in views) found.Add(new ReleaseKey(release, moment.Key), new ReleaseAt(view, moment.Key));
            }

            return found;
        });
        Histories = new(desk, async keys =>
        {
            var found = new Dictionary<HistoryKey, IReadOnlyList<StoredEvent>>();
            foreach (var alike in keys.GroupBy(key => (key.Release.AsOf, key.Types)))
            {
                var events = await store.Events.OfEachAsync(
                    [.. alike.Select(key => key.Release.Release.StreamKey)], alike.Key.Types.Split(','), alike.Key.AsOf, newest: true, EventsOfReleaseMax, cancellation);
                var byStream = events.ToLookup(stored => stored.Stream, StringComparer.Ordinal);
                foreach (var key in alike) found.Add(key, [.. byStream[key.Release.Release.StreamKey]]);
            }

            return found;
        });
        Chains = new(desk, async keys =>
        {
            var found = new Dictionary<ReleaseKey, ChainReport>();
            foreach (var moment in keys.GroupBy(key => key.AsOf))
            {
                foreach (var (release, report) in await asking.Sources.Chains.VerifyAsync([.. moment.Select(key => key.Release)], moment.Key, cancellation))
                    found.Add(new ReleaseKey(release, moment.Key), report);
            }

            return found;
        });
        Inclusions = new(desk, async keys =>
        {
            var found = new Dictionary<(long, long?), InclusionAnswer>();
            foreach (var tree in keys.GroupBy(key => key.TreeSize))
            {
                foreach (var (sequence, proof) in await store.Log.InclusionsAsync([.. tree.Select(key => key.Sequence)], tree.Key, cancellation))
                    found.Add((sequence, tree.Key), proof);
            }

            return found;
        });
        Seals = new(desk, sequences => store.Log.SealsOfAsync([.. sequences], cancellation));
        Policies = new(desk, async keys => (await store.PolicyList.FindAsync([.. keys], cancellation)).ToDictionary(published => (published.Event.Policy.Name, published.Event.Policy.Version)));
        Versions = new(desk, async keys =>
        {
            var found = new Dictionary<VersionsKey, IReadOnlyList<Domain.Events.Recorded<PolicyEvent.Published>>>();
            foreach (var moment in keys.GroupBy(key => key.AsOf))
            {
                var versions = (await store.PolicyList.VersionsAsync([.. moment.Select(key => key.Name)], moment.Key, cancellation)).ToLookup(published => published.Event.Policy.Name, StringComparer.Ordinal);
                foreach (var key in moment) found.Add(key, [.. versions[key.Name]]);
            }

            return found;
        });
        Signers = new(desk, async keys =>
        {
            var found = new Dictionary<SignerMoment, SignerState>();
            foreach (var moment in keys.GroupBy(key => key.AsOf))
            {
                List<string> ids = [.. moment.Select(key => key.Id).Where(SignerId.IsValid)];
                var signers = moment.Key is { } asOf ? await store.Signers.ListAsOfAsync(asOf, ids, cancellation) : await store.Signers.FindAsync(ids, cancellation);
                foreach (var signer in signers) found.Add(new SignerMoment(signer.Id, moment.Key), signer);
            }

            return found;
        });
    }

    /// <summary>Events by their place in the log.</summary>
    public Loader<long, StoredEvent> Events { get; }

    /// <summary>Events by their place in their stream.</summary>
    public Loader<(string Stream, long Version), StoredEvent> Places { get; }

    /// <summary>Releases, now or as they were.</summary>
    public Loader<ReleaseKey, ReleaseAt> Releases { get; }

    /// <summary>Events of some kinds of a release, oldest first.</summary>
    public Loader<HistoryKey, IReadOnlyList<StoredEvent>> Histories { get; }

    /// <summary>Sign-off chains, verified.</summary>
    public Loader<ReleaseKey, ChainReport> Chains { get; }

    /// <summary>Inclusion proofs.</summary>
    public Loader<(long Sequence, long? TreeSize), InclusionAnswer> Inclusions { get; }

    /// <summary>The checkpoints under which events were sealed.</summary>
    public Loader<long, CheckpointRow> Seals { get; }

    /// <summary>Versions of policies.</summary>
    public Loader<(string Name, long Version), Domain.Events.Recorded<PolicyEvent.Published>> Policies { get; }

    /// <summary>Every version of policies, oldest first, now or by then.</summary>
    public Loader<VersionsKey, IReadOnlyList<Domain.Events.Recorded<PolicyEvent.Published>>> Versions { get; }

    /// <summary>Signers, now or as they were.</summary>
    public Loader<SignerMoment, SignerState> Signers { get; }

    /// <summary>A release as it is or was; null where it is not there or is out of the caller's scope, which nobody can tell apart.</summary>
    public async ValueTask<ReleaseAt?> ReleaseAsync(ReleaseId release, AsOf? asOf) =>
        _asking.Caller.Covers(release.Service) ? await Releases.LoadAsync(new ReleaseKey(release, asOf)) : null;

    /// <summary>Events of some kinds of some releases, each opened; by release.</summary>
    /// <exception cref="FieldException">A release has too many.</exception>
    public async ValueTask<IReadOnlyDictionary<ReleaseKey, IReadOnlyList<StoredEvent>>> HistoriesAsync(IEnumerable<ReleaseKey> releases, string types)
    {
        var found = await Histories.LoadAsync(releases.Select(release => new HistoryKey(release, types)));
        if (found.Values.Any(events => events.Count > EventsOfReleaseMax))
            throw new FieldException($"A release has more than {EventsOfReleaseMax} of these: page through its events instead.", Codes.TooMany);
        return found.ToDictionary(entry => entry.Key.Release, entry => entry.Value);
    }
}

/// <summary>A release at a moment; null for the present.</summary>
internal sealed record ReleaseKey(ReleaseId Release, AsOf? AsOf);

/// <summary>A signer at a moment; null for the present.</summary>
internal sealed record SignerMoment(string Id, AsOf? AsOf);

/// <summary>The versions of a policy at a moment; null for the present.</summary>
internal sealed record VersionsKey(string Name, AsOf? AsOf);

/// <summary>Events of a release: their kinds, separated by commas.</summary>
internal sealed record HistoryKey(ReleaseKey Release, string Types);
