using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Statements;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Verifier.Bundles;

/// <summary>Makes the files again that follow from the events alone, and compares them byte for byte.</summary>
internal sealed class ReleaseFiles(OpenedBundle bundle, ReleaseHistory history, List<LoggedEvent> signers, List<LoggedEvent> events)
{
    private static readonly string[] Others =
        [BundleManifest.Path, BundlePath.Readme, BundlePath.Checkpoint, BundlePath.LogKey, BundlePath.Events, BundlePath.Proofs, BundlePath.Policy, BundlePath.GoNoGo, BundlePath.SignOffPage, BundlePath.Controls];

    public Fault? Check()
    {
        var made = Untrusted.Read(() => Make().ToDictionary(file => file.Path, StringComparer.Ordinal), out var error);
        if (made is null) return new Fault($"the files cannot be made again from the events: {error}", BundlePath.Events);
        foreach (var entry in bundle.Entries)
        {
            if (Others.Contains(entry.Path) || entry.Path.StartsWith(BundlePath.EvidenceFolder, StringComparison.Ordinal) || entry.Path.StartsWith(BundlePath.TimestampFolder, StringComparison.Ordinal)) continue;
            if (!made.Remove(entry.Path, out var file)) return new Fault("nothing in the events leads to this file", entry.Path);
            if (file.Sha256 != bundle.Sha256(entry.Path)) return new Fault("it is not what the events say", entry.Path);
        }

        return made.Count == 0 ? null : new Fault("it should follow from the events, and is not there", made.Keys.First());
    }

    /// <summary>The bytes that the release's events rest on, each once, by digest.</summary>
    public static IEnumerable<Evidence> Evidence(ReleaseHistory history) => history.Steps
        .Select(step => EventEvidence.Of(step.Event)).OfType<Evidence>().DistinctBy(evidence => evidence.Digest).OrderBy(evidence => evidence.Digest.Hex, StringComparer.Ordinal);

    private IEnumerable<BundleFile> Make()
    {
        var people = signers.GroupBy(logged => logged.Stream, StringComparer.Ordinal).Select(stream => SignerHistory.Read(stream.Key, [.. stream]).State!)
            .ToDictionary(signer => signer.Id, StringComparer.Ordinal);
        var number = 0;
        foreach (var signed in history.Steps.Select(step => step.Event).OfType<ReleaseEvent.SignedOff>())
        {
            number++;
            foreach (var (part, bytes) in Parts(signed, people.GetValueOrDefault(signed.Signer)))
                yield return File(BundlePath.SignOffOf(number, signed.Stage, signed.Role, signed.Signer, part), bytes);
        }

        foreach (var key in people.Values.SelectMany(signer => signer.Keys).Select(key => key.Key).DistinctBy(key => key.Id))
            yield return File(BundlePath.KeyOf(key.Id.Hex), Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", Convert.FromBase64String(key.PublicKey)) + "\n"));
        yield return File(BundlePath.Evidence, CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes([.. Evidence(history)], BundleJson.Default.EvidenceArray)));
        if (Summary() is { } summary) yield return File(BundlePath.VerificationSummary, summary);
    }

    private static IEnumerable<(string Part, byte[] Bytes)> Parts(ReleaseEvent.SignedOff signed, SignerState? signer)
    {
        if (!Envelope.TryParse(JsonSerializer.SerializeToUtf8Bytes(signed.Envelope, DomainJson.Default.SignOffEnvelope), out var envelope, out var error)) throw new FormatException(error);
        var authenticated = PreAuthenticationEncoding.Encode(envelope.PayloadType, envelope.UnverifiedPayload.Span);
        var key = signer?.Key(signed.Key) is { } known ? SignerPublicKey.Read(known.Key) : null;
        yield return ("dsse.json", envelope.ToBytes());
        yield return ("pae", authenticated);
        yield return ("sig", (envelope.Signatures.FirstOrDefault(each => key?.Verify(authenticated, each.Signature.Span) == true) ?? envelope.Signatures[0]).Signature.ToArray());
        yield return ("statement.json", envelope.UnverifiedPayload.ToArray());
    }

    private static BundleFile File(string path, byte[] bytes) => new(path, bytes.Length, Hash.Sha256(bytes));

    private byte[]? Summary()
    {
        if (history.Steps.LastOrDefault(step => step.Event is ReleaseEvent.DecisionMade) is not { Event: ReleaseEvent.DecisionMade made } decision) return null;
        var (logged, opened) = (decision.Logged, history.State.Opened);
        var bySequence = events.ToDictionary(each => each.Sequence);
        var summary = VerificationSummary.Of(
            bundle.LogKey!.Name, opened, new Recorded<ReleaseEvent.DecisionMade>(logged.Sequence, logged.Version, logged.At, logged.Actor, made),
            input => Digest.Of(Hash.Sha256(bySequence[input.Sequence].Leaf.Span).Bytes));
        return new Statement(
            [.. opened.Artifacts.Select(artifact => new Subject(artifact.Name, Digests.Of(new Hash(Convert.FromHexString(artifact.Digest.Hex)))))],
            VerificationSummary.Type,
            JsonSerializer.SerializeToUtf8Bytes(summary, DomainJson.Default.VerificationSummary)).ToBytes();
    }
}
