using System.Diagnostics;
using Ledger.Domain.Actors;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Signers;

/// <summary>Decides about signers. Pure.</summary>
public static class SignerDecider
{
    private const int RolesAtMost = 64;
    private const int AccountsAtMost = 64;
    private const int KeysAtMost = 256;
    private const int PublicKeyLength = 4_096;

    /// <summary>The events that follow, or why there are none.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The signer as they stand; null where never enrolled.</param>
    /// <param name="context">Who asks, and when.</param>
    public static Decision Decide(SignerCommand command, SignerState? state, DecisionContext context)
    {
        if (Permissions.Check(context.Actor.Role, command) is { } forbidden) return new Decision.Refused(forbidden);
        if (command is SignerCommand.Enrol enrol) return Enrol(enrol, state, context);
        if (state is null)
            return Decision.Refuse("signer_unknown", $"there is no signer '{Shorten(command.Signer)}'", "enrol them first: ledger signer enrol");

        return command switch
        {
            SignerCommand.Change change => (CheckLists(change.Roles, change.Accounts) ?? Text.Check("reason", change.Reason, Text.NoteLength)) is { } refusal
                ? new Decision.Refused(refusal)
                : Decision.Accept(new SignerEvent.Changed(change.Roles, change.Accounts, change.Reason)),
            SignerCommand.AddKey add => AddKey(add, state, context),
            SignerCommand.RevokeKey revoke => RevokeKey(revoke, state),
            _ => throw new UnreachableException(),
        };
    }

    private static Decision Enrol(SignerCommand.Enrol enrol, SignerState? state, DecisionContext context)
    {
        if (state is not null) return Decision.Refuse("signer_exists", $"'{enrol.Signer}' is enrolled as {state.Name}", "change them, or add a key");
        if (!SignerId.IsValid(enrol.Signer))
            return Decision.Refuse("signer_invalid", $"'{Shorten(enrol.Signer)}' is not a signer's id", "lower-case letters, digits and . _ - + @, at most 64");

        var key = enrol.Key is null ? null : Truncated(enrol.Key);
        if ((Text.CheckName("name", enrol.Name) ?? CheckLists(enrol.Roles, enrol.Accounts) ?? (key is null ? null : CheckKey(enrol.Signer, key, context))) is { } refusal)
            return new Decision.Refused(refusal);

        var enrolled = new SignerEvent.Enrolled(enrol.Signer, enrol.Name, enrol.Roles, enrol.Accounts);
        return key is null ? Decision.Accept(enrolled) : Decision.Accept(enrolled, new SignerEvent.KeyAdded(key));
    }

    private static Decision AddKey(SignerCommand.AddKey add, SignerState state, DecisionContext context)
    {
        var key = Truncated(add.Key);
        if (CheckKey(state.Id, key, context) is { } refusal) return new Decision.Refused(refusal);
        if (state.Key(key.Id) is not null)
            return Decision.Refuse("key_exists", $"'{state.Id}' has, or had, the key {key.Id}", "a key is added once; make a new one: ledger key new FILE");
        if (state.Keys.Length >= KeysAtMost) return Decision.Refuse("too_many_keys", $"'{state.Id}' had {state.Keys.Length} keys already", "enrol the person anew under another id");
        if (add.Replaces is { } replaced && state.Key(replaced) is not { Ended: null })
            return Decision.Refuse("key_unknown", $"'{state.Id}' has no key {replaced} in use that could be replaced", "name a key that is in use");
        return Decision.Accept(new SignerEvent.KeyAdded(key, add.Replaces));
    }

    private static Decision RevokeKey(SignerCommand.RevokeKey revoke, SignerState state)
    {
        if (Text.Check("reason", revoke.Reason, Text.NoteLength) is { } unreadable) return new Decision.Refused(unreadable);
        return state.Key(revoke.Key) switch
        {
            null => Decision.Refuse("key_unknown", $"'{state.Id}' never had the key {revoke.Key}", "'ledger signer show' lists their keys"),
            { Ended: { } ended } => Decision.Refuse("key_revoked", $"the key {revoke.Key} ended with event {ended.Event.Sequence} already", "nothing to do"),
            _ => Decision.Accept(new SignerEvent.KeyRevoked(revoke.Key, revoke.Reason)),
        };
    }

    private static Refusal? CheckLists(IReadOnlyList<string> roles, IReadOnlyList<string> accounts)
    {
        if (roles.Count > RolesAtMost || !AllDiffer(roles) || !roles.All(PolicyName.IsValid))
            return new Refusal("roles_invalid", "a role is a policy's name for it, such as 'security-lead'", $"name each once, at most {RolesAtMost}");
        if (accounts.Count > AccountsAtMost || !AllDiffer(accounts))
            return new Refusal("accounts_invalid", "an account is the subject of a token by which the person acts", $"name each once, at most {AccountsAtMost}");
        return accounts.Select(account => Text.CheckName("account", account)).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? CheckKey(string signer, SignerKey key, DecisionContext context)
    {
        if (key.PublicKey.Length is 0 or > PublicKeyLength || key.Algorithm.Length is 0 or > 64)
            return new Refusal("key_invalid", "this is no public key", "give a PEM file or a JWK with the public key");
        if (key.NotAfter is { } end && (end <= context.At || end <= key.NotBefore))
            return new Refusal("key_invalid", "the key's time ends before it begins, or is over", "give an end that is still to come");

        // Signed by a key that two people have or had, nothing says which of them signed.
        return context.KeyHolder is { } holder && holder != signer
            ? new Refusal("key_in_use", $"the key {key.Id} is, or was, a key of '{holder}'", "each person signs with a key of their own: ledger key new FILE")
            : null;
    }

    private static bool AllDiffer(IReadOnlyList<string> texts) => texts.Distinct(StringComparer.Ordinal).Count() == texts.Count;

    // What the log keeps is what is decided about: whole microseconds.
    private static SignerKey Truncated(SignerKey key) => key with
    {
        NotBefore = key.NotBefore is { } start ? UtcTimeJsonConverter.Truncate(start) : null,
        NotAfter = key.NotAfter is { } end ? UtcTimeJsonConverter.Truncate(end) : null,
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
