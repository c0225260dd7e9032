using System.Globalization;
using Ledger.Cli.Contract;
using Ledger.Cli.Server;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Pins;

/// <summary>
/// Holds a server to what was seen of its log before: the same log, under the same key, that only grew (RFC 6962 §2.1.2). One request where
/// the log is known. A log that is not that is named, nothing else is asked of it, and the pin stays as it was.
/// </summary>
internal sealed class PinCheck(LedgerClient client, ServerAddress address, PinStore? store, bool patient)
{
    private const int MaxTries = 64;
    private const string Advice = "trust nothing that this server says; keep what is pinned as evidence, and tell those who run the ledger and those who audit it";

    /// <summary>Checks the server's log against the pin, and moves the pin to the newest checkpoint. What was never seen is pinned.</summary>
    public async Task<Result<TrustedLog>> RunAsync(CancellationToken cancellationToken)
    {
        if (!Known().TryGet(out var known, out var failure)) return failure;
        if (known.Pin is { } pin)
        {
            var grown = await GrownAsync(pin, cancellationToken).ConfigureAwait(false);
            return grown.TryGet(out var newest, out failure) ? await KeepAsync(pin, newest, cancellationToken).ConfigureAwait(false) : failure;
        }

        if (!(await NewestAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var met, out failure)) return failure;
        return store is null ? new TrustedLog(met, Kept: false, First: true) : await KeepAsync(null, met, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Pins a ledger by what somebody else knows of it: the key that its log must have, a checkpoint of it that was kept elsewhere. The log must
    /// continue that checkpoint as well as what was pinned here before.
    /// </summary>
    public async Task<Result<TrustedLog>> RunAsync(VerifierKey? key, string? signed, CancellationToken cancellationToken)
    {
        if (!(await NewestAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var newest, out var failure)) return failure;
        if (key is not null && newest.LogKey != key)
            return Failure.Unknown("log_key_differs", $"the log at {address} is signed by {newest.LogKey}, not by the key that was given", Advice);
        if (signed is not null)
        {
            if (Pin.Of(newest.LogKey, signed, [], out var reason) is not { } given)
                return Failure.Refused("checkpoint_invalid", $"this is no checkpoint of {newest.Origin}: {reason}", "give a signed note as the log wrote it");
            if (!(await GrownAsync(given, cancellationToken).ConfigureAwait(false)).TryGet(out _, out failure)) return failure;
        }

        return await RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private Result<PinStore.Found> Known()
    {
        if (store is null) return new PinStore.Found(null);
        if (!store.All().TryGet(out var pins, out var failure)) return failure;
        return new PinStore.Found(pins.Find(pin => pin.Addresses.Contains(address.ToString())));
    }

    /// <summary>The log's newest tree, which continues the one that is pinned.</summary>
    private async Task<Result<Pin>> GrownAsync(Pin pin, CancellationToken cancellationToken)
    {
        var asked = await AskForProofAsync(pin.Size, null, cancellationToken).ConfigureAwait(false);
        if (!asked.TryGet(out var answer, out var failure)) return failure is { ExitCode: ExitCode.Refused, Code: "proof_unknown" } ? await WhyAsync(pin, cancellationToken).ConfigureAwait(false) : failure;
        if (Pin.Of(pin.LogKey, answer.Value.Checkpoint, pin.Addresses, out _) is not { } newest) return await WhyAsync(pin, cancellationToken).ConfigureAwait(false);
        if (newest.Size < pin.Size) return RolledBack(pin, newest);
        return Check(pin, newest, answer.Value) is { } inconsistent ? inconsistent : newest;
    }

    // Other commands move the pin too. As long as it is another than was looked at, the tree that this server showed is held to that one as well,
    // whichever of the two is larger; and a pin never moves back.
    private async Task<Result<TrustedLog>> KeepAsync(Pin? seen, Pin newest, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (!store!.Of(newest.Origin).TryGet(out var known, out var failure)) return failure;
            if (known.Pin is { } now && !now.IsSame(seen))
            {
                if (now.LogKey != newest.LogKey) return KeyChanged(now);
                if (await CompareAsync(now, newest, cancellationToken).ConfigureAwait(false) is { } inconsistent) return inconsistent;
            }

            var largest = known.Pin is { } pin && pin.Size >= newest.Size ? pin : newest;
            IReadOnlyList<string> addresses = known.Pin?.Addresses ?? [];
            var next = largest with { Addresses = addresses.Contains(address.ToString()) ? addresses : [.. addresses, address.ToString()] };
            if (known.Pin is { } kept && kept.Size == next.Size && addresses == next.Addresses) return new TrustedLog(kept, Kept: true, First: false);
            if (!(await store.ReplaceAsync(known.Pin, next, cancellationToken).ConfigureAwait(false)).TryGet(out var replaced, out failure)) return failure;
            if (replaced.Done) return new TrustedLog(next, Kept: true, First: known.Pin is null);
            seen = known.Pin;
        }

        return Failure.Unknown("pin_contended", "other commands keep moving the pin of this ledger", "try again");
    }

    private async Task<Failure?> CompareAsync(Pin one, Pin other, CancellationToken cancellationToken)
    {
        var (smaller, larger) = one.Size <= other.Size ? (one, other) : (other, one);
        var asked = await AskForProofAsync(smaller.Size, larger.Size, cancellationToken).ConfigureAwait(false);
        if (asked.TryGet(out var answer, out var failure)) return Check(smaller, larger, answer.Value);
        if (failure is not { ExitCode: ExitCode.Refused, Code: "proof_unknown" }) return failure;
        return (await WhyAsync(larger, cancellationToken).ConfigureAwait(false)).TryGet(out _, out failure) ? null : failure;
    }

    private Failure? Check(Pin smaller, Pin larger, ConsistencyAnswer answer)
    {
        if (!TryReadHashes(answer.Hashes, out var hashes)) return Failure.Garbled("a hash of the consistency proof is not 64 hexadecimal digits");
        var consistent = ConsistencyProof.Verify(smaller.Size, larger.Size, smaller.Checkpoint.Root, larger.Checkpoint.Root, hashes);
        return consistent.IsValid ? null : Forked(smaller, larger, consistent.Reason!);
    }

    // The log has no such tree, or another key signs: what it says of itself tells which.
    private async Task<Result<Pin>> WhyAsync(Pin pin, CancellationToken cancellationToken)
    {
        if (!(await NewestAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var newest, out var failure)) return failure;
        if (newest.Origin != pin.Origin) return Replaced(pin, newest);
        if (newest.LogKey != pin.LogKey) return KeyChanged(pin);
        return newest.Size < pin.Size ? RolledBack(pin, newest) : Forked(pin, newest, string.Create(CultureInfo.InvariantCulture, $"it has no tree of {pin.Size} leaves to prove anything from"));
    }

    private Task<Result<Answer<ConsistencyAnswer>>> AskForProofAsync(long from, long? to, CancellationToken cancellationToken) => client.GetAsync(
        Routes.Query("v1/proofs/consistency", ("from", Routes.Number(from)), ("to", to is { } size ? Routes.Number(size) : null)),
        ContractJson.Default.ConsistencyAnswer, cancellationToken, patient);

    private async Task<Result<Pin>> NewestAsync(CancellationToken cancellationToken)
    {
        var asked = await client.GetAsync("v1/log", ContractJson.Default.LogAnswer, cancellationToken, patient).ConfigureAwait(false);
        if (!asked.TryGet(out var answer, out var failure)) return failure;
        if (!VerifierKey.TryParse(answer.Value.VerifierKey, out var key, out var error)) return Failure.Garbled($"the log's key cannot be read: {error}");
        if (key.Name != answer.Value.Origin) return Failure.Garbled($"the log's key is that of {key.Name}, not of {answer.Value.Origin}");
        return Pin.Of(key, answer.Value.Checkpoint, [], out var reason) is { } pin ? pin : Failure.Garbled($"the log's checkpoint: {reason}");
    }

    private Failure Forked(Pin pin, Pin newest, string reason) => Failure.Unknown(
        "log_forked",
        string.Create(CultureInfo.InvariantCulture, $"the log {pin.Origin} was forked: its tree of {newest.Size} leaves is no continuation of the one of {pin.Size} leaves that is pinned ({reason})"),
        Evidence(pin, newest));

    private Failure RolledBack(Pin pin, Pin newest) => Failure.Unknown(
        "log_rolled_back",
        string.Create(CultureInfo.InvariantCulture, $"the log {pin.Origin} was rolled back: it has {newest.Size} leaves, and had {pin.Size} before"),
        Evidence(pin, newest));

    private Failure Replaced(Pin pin, Pin newest) => Failure.Unknown(
        "log_replaced", $"another log answers at {address}: {newest.Origin}, where {pin.Origin} did before",
        "where you know that a new ledger was set up there: ledger checkpoint pin --replace");

    private static Failure KeyChanged(Pin pin) => Failure.Unknown(
        "log_key_changed", $"another key signs the log {pin.Origin} than the one that is pinned", $"the pinned key is {pin.LogKey}; {Advice}");

    private string Evidence(Pin pin, Pin newest) =>
        store?.KeepEvidence(pin, newest.Signed) is { } file ? $"{Advice}: {store.FileOf(pin.Origin)} and {file}" : Advice;

    private static bool TryReadHashes(IReadOnlyList<string> texts, out Hash[] hashes)
    {
        hashes = new Hash[texts.Count];
        for (var i = 0; i < hashes.Length; i++)
            if (!Hash.TryParseHex(texts[i], out hashes[i])) return false;
        return true;
    }
}
