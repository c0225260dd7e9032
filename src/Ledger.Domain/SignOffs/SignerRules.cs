using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;

namespace Ledger.Domain.SignOffs;

/// <summary>Whether this person, with this key, may sign in this role.</summary>
public static class SignerRules
{
    /// <summary>Why they may not; null when they may.</summary>
    /// <param name="predicate">What they signed.</param>
    /// <param name="key">The key that they signed it with.</param>
    /// <param name="policy">The release's policy.</param>
    /// <param name="state">The release before this sign-off.</param>
    /// <param name="signer">The signer before this sign-off; null where there is none of that id.</param>
    /// <param name="at">When the sign-off is appended.</param>
    /// <param name="sequence">Its place in the log; by default after everything that is there.</param>
    public static Refusal? Check(
        SignOffPredicate predicate, Digest key, Policy policy, ReleaseState state, SignerState? signer, DateTimeOffset at, long sequence = long.MaxValue) =>
        OfTheKey(predicate, key, signer, at, sequence) ?? OfTheRole(predicate.Role, policy, signer!) ?? OfTheDuties(predicate.Role, policy, state, signer!);

    /// <summary>Why the signature does not count as that person's; null when it does.</summary>
    public static Refusal? OfTheKey(SignOffPredicate predicate, Digest key, SignerState? signer, DateTimeOffset at, long sequence)
    {
        if (signer is null || signer.Id != predicate.Signer.Id)
            return new Refusal("signer_unknown", "nobody of the id that signed is enrolled", "enrol them first: ledger signer enrol");
        if (signer.Name != predicate.Signer.Name)
            return new Refusal("wrong_name", $"'{signer.Id}' is enrolled as {signer.Name}", "sign under the enrolled name");
        return signer.Key(key) is { } known
            ? known.Refuses(sequence, at)
            : new Refusal("key_unknown", $"'{signer.Id}' has no key {key}", "sign with an enrolled key, or have this one added");
    }

    /// <summary>Why the person does not hold the role; null when they do.</summary>
    public static Refusal? OfTheRole(string role, Policy policy, SignerState signer)
    {
        if (!signer.Roles.Contains(role))
            return new Refusal("role_not_held", $"{signer.Name} is not enrolled as '{role}'", $"enrolled roles: {(signer.Roles.Count == 0 ? "none" : string.Join(", ", signer.Roles))}");
        return policy.Roles.FirstOrDefault(known => known.Name == role) is { Holders: { } holders } && !holders.Contains(signer.Name) && !holders.Contains(signer.Id)
            ? new Refusal("role_not_held", $"the policy names others than {signer.Name} as '{role}'", $"it names: {string.Join(", ", holders)}")
            : null;
    }

    /// <summary>Which separated duty the person would join; null when none.</summary>
    public static Refusal? OfTheDuties(string role, Policy policy, ReleaseState state, SignerState signer)
    {
        if (!policy.SeparationOfDuties.OpenerMaySign && signer.ActsAs(state.Facts.Opener))
            return new Refusal("opener_may_not_sign", $"{signer.Name} opened the release, and may not sign it too", "somebody else signs");
        if (!policy.SeparationOfDuties.ReporterMaySign && state.Facts.Reporters.Any(signer.ActsAs))
            return new Refusal("reporter_may_not_sign", $"{signer.Name} reported or attested a gate, and may not sign too", "somebody else signs");
        return state.Facts.SignOffs.FirstOrDefault(earlier => earlier.Signer == signer.Id && earlier.Role != role) is { } other
            ? new Refusal("one_role_per_release", $"{signer.Name} signed this release as {other.Role}", "one person acts in one role per release")
            : null;
    }

    /// <summary>Those of <paramref name="signers"/> who could sign in that role now: they hold it, with a key in use, keep its duties apart, and signed nothing that counts.</summary>
    /// <param name="role">The role.</param>
    /// <param name="policy">The release's policy.</param>
    /// <param name="state">The release.</param>
    /// <param name="signers">Whoever is enrolled.</param>
    /// <param name="at">When they would sign.</param>
    public static IEnumerable<SignerState> WhoMaySign(string role, Policy policy, ReleaseState state, IEnumerable<SignerState> signers, DateTimeOffset at)
    {
        var signed = SignOffJudge.Judge(state, policy)?.Stages.SelectMany(stage => stage.SignOffs).Select(signOff => signOff.Signer).ToHashSet() ?? [];
        return signers.Where(signer =>
            !signed.Contains(signer.Id)
            && OfTheRole(role, policy, signer) is null
            && OfTheDuties(role, policy, state, signer) is null
            && signer.Keys.Any(key => key.Refuses(long.MaxValue, at) is null));
    }
}
