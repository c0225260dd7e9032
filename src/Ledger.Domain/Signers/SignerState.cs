using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.Domain.Events;

namespace Ledger.Domain.Signers;

/// <summary>What a signer's events come to.</summary>
/// <param name="Id">The signer's id.</param>
/// <param name="Name">The printed name.</param>
/// <param name="Roles">The roles they may sign in.</param>
/// <param name="Accounts">The other subjects of tokens by which they act.</param>
/// <param name="Keys">Every key they ever had, oldest first.</param>
/// <param name="Last">The newest event.</param>
public sealed record SignerState(
    string Id,
    string Name,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Accounts,
    ImmutableArray<SignerKeyState> Keys,
    EventReference Last)
{
    /// <summary>The key of that id; null where the signer never had it.</summary>
    public SignerKeyState? Key(Digest id) => Keys.FirstOrDefault(key => key.Key.Id == id);

    /// <summary>Whether somebody who acted under <paramref name="subject"/> is this person.</summary>
    public bool ActsAs(string subject) => subject == Id || Accounts.Contains(subject);

    /// <summary>The state after <paramref name="recorded"/>. No event is skipped.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow that state.</exception>
    public static SignerState Evolve(SignerState? state, Recorded<SignerEvent> recorded)
    {
        var reference = new EventReference(recorded.Sequence, recorded.Version);
        if (recorded.Version != (state?.Last.Version ?? 0) + 1)
            throw new InvalidOperationException($"version {recorded.Version} at sequence {recorded.Sequence} does not follow version {state?.Last.Version ?? 0}");

        return (state, recorded.Event) switch
        {
            (null, SignerEvent.Enrolled enrolled) => new SignerState(enrolled.Signer, enrolled.Name, enrolled.Roles, enrolled.Accounts, [], reference),
            (null, _) => throw new InvalidOperationException($"'{recorded.Event.Type}' at sequence {recorded.Sequence} comes before the signer was enrolled"),
            (_, SignerEvent.Enrolled) => throw new InvalidOperationException($"the signer is enrolled a second time at sequence {recorded.Sequence}"),
            (_, SignerEvent.Changed changed) => state with { Roles = changed.Roles, Accounts = changed.Accounts, Last = reference },
            (_, SignerEvent.KeyAdded added) => state with { Keys = Added(state, added, reference, recorded.At), Last = reference },
            (_, SignerEvent.KeyRevoked revoked) => state with { Keys = Ended(state, revoked.Key, new KeyEnd(reference, recorded.At, revoked.Reason)), Last = reference },
            _ => throw new UnreachableException(),
        };
    }

    private static ImmutableArray<SignerKeyState> Added(SignerState state, SignerEvent.KeyAdded added, EventReference reference, DateTimeOffset at)
    {
        if (state.Key(added.Key.Id) is not null) throw new InvalidOperationException($"the key {added.Key.Id} is added a second time at sequence {reference.Sequence}");
        var keys = added.Replaces is { } replaced ? Ended(state, replaced, new KeyEnd(reference, at, "replaced")) : state.Keys;
        return keys.Add(new SignerKeyState(added.Key, reference, at));
    }

    private static ImmutableArray<SignerKeyState> Ended(SignerState state, Digest id, KeyEnd end) =>
        state.Key(id) is { Ended: null } key
            ? state.Keys.Replace(key, key with { Ended = end })
            : throw new InvalidOperationException($"the key {id} that ends at sequence {end.Event.Sequence} is not one in use");
}

/// <summary>A signer's key, and when in the log it counts.</summary>
/// <param name="Key">The key.</param>
/// <param name="Added">The event that added it.</param>
/// <param name="AddedAt">When that was.</param>
/// <param name="Ended">What revoked or replaced it; null while it counts.</param>
public sealed record SignerKeyState(SignerKey Key, EventReference Added, DateTimeOffset AddedAt, KeyEnd? Ended = null)
{
    /// <summary>
    /// Why a signature by this key does not count when it is the event at <paramref name="sequence"/>, appended at <paramref name="at"/>;
    /// null when it counts. The place in the log decides, never a time that somebody claims.
    /// </summary>
    public Refusal? Refuses(long sequence, DateTimeOffset at)
    {
        if (sequence <= Added.Sequence)
            return new Refusal("key_not_yet_valid", $"the key {Key.Id} was added later, by event {Added.Sequence}", "sign with a key that is enrolled");
        if (Ended is { } ended && ended.Event.Sequence < sequence)
            return new Refusal("key_revoked", $"the key {Key.Id} ended with event {ended.Event.Sequence} at {UtcTimeJsonConverter.ToText(ended.At)}: {ended.Reason}", "sign with a key that is in use");
        if (Key.NotBefore is { } start && at < start)
            return new Refusal("key_not_yet_valid", $"the key {Key.Id} is valid from {UtcTimeJsonConverter.ToText(start)}", "wait, or sign with another key");
        return Key.NotAfter is { } end && at >= end
            ? new Refusal("key_expired", $"the key {Key.Id} was valid until {UtcTimeJsonConverter.ToText(end)}", "add a new key, and sign with that")
            : null;
    }
}

/// <summary>Why and where in the log a key stopped counting.</summary>
public sealed record KeyEnd(EventReference Event, DateTimeOffset At, string Reason);
