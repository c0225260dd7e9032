using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Statements;
using Ledger.Verifier.Bundles;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Verifier.Tests.Support;

/// <summary>
/// A bundle as files, made from a log in memory without any of the exporter's code, so that files can be changed, and the manifest be signed
/// again or not, before the archive is written.
/// </summary>
internal sealed class TestBundle
{
    public static readonly byte[] Report = new byte[1_234];

    private readonly NoteSigner _signer;

    private TestBundle(TestLog log, string subject) => (_signer, Origin, Subject) = (log.Signer, log.Origin, subject);

    public string Origin { get; set; }

    public string Subject { get; set; }

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public VerifierKey LogKey => _signer.VerifierKey;

    /// <summary>The bundle of the ledger's release, under a checkpoint of all that is in the log.</summary>
    public static TestBundle Of(TestLedger ledger)
    {
        var log = ledger.Log;
        var bundle = new TestBundle(log, $"release {TestLedger.Release}");
        var size = log.Events.Count;
        var release = log.Stream(TestLedger.Release.StreamKey);
        var recorded = release.Select(logged => logged.Recorded<ReleaseEvent>()).ToList();
        var named = recorded.Select(each => each.Event).OfType<ReleaseEvent.SignedOff>().Select(signed => SignerId.StreamOf(signed.Signer)).ToHashSet();
        var signers = log.Events.Where(logged => named.Contains(logged.Stream)).ToList();
        var events = release.Concat(signers).Append(log.Events[0]).Append(ledger.PolicyEvent).OrderBy(logged => logged.Sequence).ToList();

        bundle.Common(log, size);
        bundle.Files[BundlePath.Events] = Lines(events.Select(logged => logged.Leaf));
        bundle.Files[BundlePath.Proofs] = Encoding.ASCII.GetBytes(string.Concat(events.Select(logged => $"{new InclusionProofLine(logged.LeafIndex, log.Inclusion(logged.LeafIndex, size))}\n")));
        bundle.Files[BundlePath.Policy] = CanonicalJson.Canonicalize(PolicyJson.Write(ledger.Policy.Policy));
        bundle.Files[BundlePath.GoNoGo] = GoNoGoDigest.Canonical(StandingOnRecord.Of(recorded, ledger.Policy));
        bundle.Files[BundlePath.SignOffPage] = "%PDF, for people"u8.ToArray();
        bundle.Files[BundlePath.Evidence] = Encoding.UTF8.GetBytes(string.Join(',', recorded.Select(each => each.Event).OfType<ReleaseEvent.GateReported>()
            .Select(reported => reported.Evidence.Digest).Distinct().Select(digest => $"{{\"digest\":\"{digest}\",\"mediaType\":\"application/json\",\"size\":1234}}")) is var list ? $"[{list}]" : "");
        bundle.SignOffs(recorded, signers);
        if (recorded.LastOrDefault(each => each.Event is ReleaseEvent.DecisionMade) is { Event: ReleaseEvent.DecisionMade made } decision)
            bundle.Files[BundlePath.VerificationSummary] = Summary(log, ledger.State.Opened, new(decision.Sequence, decision.Version, decision.At, decision.Actor, made));
        return bundle;
    }

    /// <summary>The bundle of a period, under a checkpoint of all that is in the log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end, exclusively.</param>
    /// <param name="service">The service; by default every one.</param>
    /// <param name="hide">Whether the leaves of others are not shown.</param>
    public static TestBundle Of(TestLog log, DateTimeOffset from, DateTimeOffset to, string service = Population.EveryService, bool hide = false)
    {
        var size = log.Events.Count;
        var inside = log.Events.Where(logged => logged.At >= from && logged.At < to).ToList();
        var first = (int)(inside.Count > 0 ? inside[0].LeafIndex : log.Events.Count(logged => logged.At < from));
        var end = first + inside.Count;
        var events = inside.Where(logged => service == Population.EveryService || ReleaseId.FromStreamKey(logged.Stream)?.Service == service).ToList();
        var others = inside.Except(events).ToList();
        var releases = events.Select(logged => logged.Stream).Where(stream => ReleaseId.FromStreamKey(stream) is not null).Distinct().Count();
        var population = new Population(from, to, service, first, end, events.Count, releases, others.Count, !hide || others.Count == 0);

        var bundle = new TestBundle(log, population.Subject);
        bundle.Common(log, size);
        bundle.Files[BundlePath.Events] = Lines(events.Select(logged => logged.Leaf));
        bundle.Files[BundlePath.Leaves] = [.. inside.SelectMany(logged => logged.LeafHash.ToArray())];
        bundle.Files[BundlePath.Releases] = "release,events\n"u8.ToArray();
        bundle.Files[BundlePath.Population] = CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(population, VerifierJson.Default.Population));
        bundle.Files[BundlePath.Range] = CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["first"] = first,
            ["end"] = end,
            ["frontier"] = Frontier(log, first).Select(hash => hash.ToString()).ToArray(),
            ["consistency"] = log.Consistency(end, size).Select(hash => hash.ToString()).ToArray(),
        }.Concat(Neighbour("before", log, first - 1)).Concat(Neighbour("after", log, end)).ToDictionary()));
        if (others.Count > 0)
        {
            bundle.Files[BundlePath.Others] = Encoding.UTF8.GetBytes(string.Concat(others.Select(logged => hide
                ? $"{{\"leafIndex\":{logged.LeafIndex},\"stream\":\"{logged.Stream}\",\"type\":\"{logged.Type}\"}}\n"
                : $"{{\"leaf\":{Encoding.UTF8.GetString(logged.Leaf.Span)},\"leafIndex\":{logged.LeafIndex}}}\n")));
        }

        return bundle;
    }

    /// <summary>The archive, with a manifest that is signed by the log's key, or by another that goes by its name.</summary>
    public byte[] Write(NoteSigner? signer = null) => Write(new BundleManifest(
        Origin, Subject, [.. Files.Select(file => new BundleFile(file.Key, file.Value.Length, Hash.Sha256(file.Value)))]).Sign(signer ?? _signer));

    /// <summary>The archive with this manifest.</summary>
    public byte[] Write(byte[] manifest)
    {
        using var output = new MemoryStream();
        var writer = new ArchiveWriter(output);
        foreach (var (path, bytes) in Files.Prepend(new(BundleManifest.Path, manifest))) writer.WriteAsync(path, bytes).AsTask().GetAwaiter().GetResult();
        writer.FinishAsync().AsTask().GetAwaiter().GetResult();
        return output.ToArray();
    }

    private void Common(TestLog log, int size)
    {
        Files[BundlePath.Readme] = "How to verify this by hand.\n"u8.ToArray();
        Files[BundlePath.Checkpoint] = log.Checkpoint(size);
        Files[BundlePath.LogKey] = Encoding.UTF8.GetBytes($"{LogKey}\n");
    }

    private void SignOffs(List<Recorded<ReleaseEvent>> recorded, List<LoggedEvent> signers)
    {
        var number = 0;
        foreach (var signed in recorded.Select(each => each.Event).OfType<ReleaseEvent.SignedOff>())
        {
            number++;
            var (payload, signature) = (Convert.FromBase64String(signed.Envelope.Payload), Convert.FromBase64String(signed.Envelope.Signatures[0].Sig));
            Add("dsse.json", new Envelope(signed.Envelope.PayloadType, payload, [new(signature, signed.Envelope.Signatures[0].KeyId)]).ToBytes());
            Add("statement.json", payload);
            Add("pae", PreAuthenticationEncoding.Encode(signed.Envelope.PayloadType, payload));
            Add("sig", signature);

            void Add(string part, byte[] bytes) => Files[BundlePath.SignOffOf(number, signed.Stage, signed.Role, signed.Signer, part)] = bytes;
        }

        foreach (var added in signers.Select(logged => logged.Open()).OfType<SignerEvent.KeyAdded>())
            Files[BundlePath.KeyOf(added.Key.Id.Hex)] = Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", Convert.FromBase64String(added.Key.PublicKey)) + "\n");
    }

    private static byte[] Summary(TestLog log, ReleaseEvent.Opened opened, Recorded<ReleaseEvent.DecisionMade> decision) => new Statement(
        [.. opened.Artifacts.Select(artifact => new Subject(artifact.Name, Digests.Of(new Hash(Convert.FromHexString(artifact.Digest.Hex)))))],
        VerificationSummary.Type,
        JsonSerializer.SerializeToUtf8Bytes(
            VerificationSummary.Of(log.Origin, opened, decision, input => TestLedger.Digest(Hash.Sha256(log.Events[(int)input.Sequence - 1].Leaf.Span))), DomainJson.Default.VerificationSummary)).ToBytes();

    private static Hash[] Frontier(TestLog log, int size)
    {
        var frontier = new Integrity.Merkle.Frontier();
        foreach (var logged in log.Events.Take(size)) frontier.Append(logged.LeafHash);
        return frontier.Hashes();
    }

    private static Dictionary<string, object> Neighbour(string name, TestLog log, int leafIndex) => leafIndex < 0 || leafIndex >= log.Events.Count ? [] : new()
    {
        [name] = new { hashes = log.Inclusion(leafIndex, log.Events.Count).Select(hash => hash.ToString()).ToArray(), leaf = JsonDocument.Parse(log.Events[leafIndex].Leaf).RootElement },
    };

    private static byte[] Lines(IEnumerable<ReadOnlyMemory<byte>> leaves) => [.. leaves.SelectMany(leaf => leaf.ToArray().Append((byte)'\n'))];
}
