using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.SignOffs;

/// <summary>Decides whether a signed statement becomes a link of the release's sign-off chain.</summary>
internal static class SignOffDecision
{
    public static Decision Decide(ReleaseCommand.SignOff command, ReleaseState state, PublishedPolicy policy, SignOffContext context, DateTimeOffset at)
    {
        var signed = command.Signed;
        var predicate = signed.Predicate;
        var refusal = SignOffRules.OfTheTexts(predicate)
            ?? SignOffRules.OfAnother(signed, state, context.Ledger)
            ?? SignerRules.Check(predicate, signed.Key, policy.Policy, state, context.Signer, at)
            ?? SignOffRules.OfTheOrder(predicate, state, policy.Policy)
            ?? SignOffRules.OfThePlace(predicate, state, context.Head)
            ?? SignOffRules.OfTheTime(predicate, at)
            ?? SignOffRules.OfTheGoNoGo(predicate, state, policy, at, context.DigestOf);
        return refusal is not null
            ? new Decision.Refused(refusal)
            : Decision.Accept(new ReleaseEvent.SignedOff(
                predicate.Stage, predicate.Role, predicate.Signer.Id, predicate.Signer.Name, predicate.Decision, predicate.Meaning,
                signed.Digest, signed.Key, signed.Envelope, predicate.Previous));
    }
}
