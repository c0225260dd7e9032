using System.Diagnostics;
using Ledger.Verifier.Bundles;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Benchmarks;

/// <summary>
/// A chain of six sign-offs verified as a server does it, from the leaves of the events to the report; and a bundle of a hundred events
/// verified as the tool does it, from the archive's bytes, once as the first thing of its kind in the process and then warm.
/// </summary>
internal static class ChainBenchmark
{
    private const int WarmUps = 500;
    private const int Runs = 2_000;
    private const int Events = 100;
    private const int EventsBeforeReports = 22; // The log's first, the policy's, twelve of signers, the opening, an attestation, six sign-offs.

    public static void Run()
    {
        var ledger = TestLedger.Ready();
        for (var i = EventsBeforeReports; i < Events; i++) ledger.Report(0.001 + (i / 100_000.0));
        for (var person = 0; person < TestLedger.People.Count; person++) ledger.SignOff(person);

        var bundle = TestBundle.Of(ledger).Write();
        Figures.Figure("bundle_events", ledger.Log.Events.Count, "events");
        Figures.Figure("bundle_verify_first", Milliseconds(() => Bundle(bundle)), "ms");
        Measure("bundle_verify", () => Bundle(bundle));

        var chain = TestLedger.Signed();
        var leaves = chain.Log.Events.Select(logged => (logged.Sequence, logged.Leaf)).ToList();
        Measure("chain_verify", () => Chain(leaves));
    }

    private static void Chain(List<(long Sequence, ReadOnlyMemory<byte> Leaf)> leaves)
    {
        var events = new List<LoggedEvent>(leaves.Count);
        foreach (var (sequence, leaf) in leaves)
        {
            if (!LoggedEvent.TryRead(sequence, leaf, out var logged, out var error)) throw new InvalidOperationException(error);
            events.Add(logged);
        }

        var report = SignOffChain.Verify(new ChainEvidence(
            TestLedger.Origin, events.FindAll(logged => logged.Stream == TestLedger.Release.StreamKey), events.Find(logged => logged.Type == "policy_published")!,
            events.FindAll(logged => logged.Stream.StartsWith("signer/", StringComparison.Ordinal)), _ => Verifier.CheckOutcome.Passed));
        if (report.Status != ChainStatus.Valid || report.Links.Count != 6) throw new InvalidOperationException(report.Detail);
    }

    private static void Bundle(byte[] bytes)
    {
        var report = BundleVerifier.Verify(new MemoryStream(bytes));
        if (!report.Valid || report.Chain!.Links.Count != 6) throw new InvalidOperationException(report.FirstFault?.Detail);
    }

    private static void Measure(string name, Action run)
    {
        for (var i = 0; i < WarmUps; i++) run();
        Figures.Figure($"{name}_p50", Figures.Median(Enumerable.Range(0, Runs).Select(_ => Milliseconds(run)).ToList(), milliseconds => milliseconds), "ms");
    }

    private static double Milliseconds(Action run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
