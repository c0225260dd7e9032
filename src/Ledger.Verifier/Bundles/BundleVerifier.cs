using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Timestamps;
using Ledger.Verifier.Chains;

namespace Ledger.Verifier.Bundles;

/// <summary>
/// Verifies a bundle with nothing but the bundle, and what the verifier trusts. Whatever is in it, the answer is a report; only a stream that
/// cannot be read is an exception. Thread-safe.
/// </summary>
public static class BundleVerifier
{
    private static readonly BundleCheck[] OfEvery = [BundleCheck.Container, BundleCheck.LogKey, BundleCheck.Manifest, BundleCheck.Files, BundleCheck.Checkpoint];
    private static readonly BundleCheck[] OfARelease =
    [
        .. OfEvery, BundleCheck.Events, BundleCheck.Inclusion, BundleCheck.Streams, BundleCheck.Policy, BundleCheck.Deployments, BundleCheck.GoNoGo, BundleCheck.SignOffs,
        BundleCheck.DerivedFiles, BundleCheck.Evidence,
    ];

    private static readonly BundleCheck[] OfAPeriod = [.. OfEvery, BundleCheck.Range, BundleCheck.Events, BundleCheck.Population];

    /// <summary>Verifies a bundle of a release or of a period.</summary>
    /// <param name="bundle">The whole archive; must be able to seek. Not disposed.</param>
    /// <param name="trust">What it is held against; by default only against itself.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static BundleReport Verify(Stream bundle, BundleTrust? trust = null)
    {
        trust ??= new BundleTrust();
        var steps = new BundleSteps();
        var opened = new OpenedBundle(steps, trust);
        var subject = opened.Open(bundle) ? opened.Manifest!.Subject : null;
        Verdict? verdict = null;
        ChainReport? chain = null;
        Population? population = null;
        if (subject?.StartsWith("release ", StringComparison.Ordinal) == true)
        {
            var release = new ReleaseBundle(opened, steps, subject["release ".Length..]);
            release.Verify();
            (verdict, chain) = (release.Verdict, release.Chain);
        }
        else if (subject is not null)
        {
            var period = new PeriodBundle(opened, steps, trust, subject);
            period.Verify();
            population = period.Population;
        }

        Timestamps(opened, steps, trust);
        var all = subject is null ? OfEvery : subject.StartsWith("release ", StringComparison.Ordinal) ? OfARelease : OfAPeriod;
        var taken = steps.Complete(all);
        return new BundleReport(
            !taken.Any(step => step.IsFault), trust.LogKey is not null && opened.LogKey == trust.LogKey, taken, opened.LogKey?.Name, opened.Manifest?.Subject,
            opened.LogKey?.ToString(), opened.Checkpoint is { } checkpoint ? new BundleCheckpoint(checkpoint.Size, Digest.Of(checkpoint.Root.Bytes)) : null, verdict, chain, population);
    }

    private static void Timestamps(OpenedBundle opened, BundleSteps steps, BundleTrust trust)
    {
        if (steps.Failed) return;
        var files = opened.Entries.Where(entry => entry.Path.StartsWith(BundlePath.TimestampFolder, StringComparison.Ordinal)).Select(entry => entry.Path).ToList();
        if (files.Count == 0) return;
        if (trust.Timestamps is not { } anchors)
        {
            steps.Skip(BundleCheck.Timestamps, $"{files.Count} timestamps were not looked at: no authority was given to trust");
            return;
        }

        steps.Take(BundleCheck.Timestamps, $"{files.Count} timestamps by trusted authorities", () =>
        {
            foreach (var path in files)
            {
                if (opened.Read(path, Timestamp.MaxBytes, out var fault) is not { } der) return fault;
                var verified = Timestamp.Verify(der, opened.Sha256(BundlePath.Checkpoint), anchors, [], out _);
                if (!verified.IsValid) return new Fault(verified.Reason, path);
            }

            return null;
        });
    }
}
