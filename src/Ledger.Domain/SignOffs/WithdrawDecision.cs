using Ledger.Domain.Actors;
using Ledger.Domain.Releases;

namespace Ledger.Domain.SignOffs;

/// <summary>Decides whether a sign-off may be taken back. Taking back needs no signature: it can only keep a release from going.</summary>
internal static class WithdrawDecision
{
    public static Decision Decide(ReleaseCommand.WithdrawSignOff command, ReleaseState state, SignOffContext context, Actor actor)
    {
        if (Text.Check("reason", command.Reason, Text.NoteLength) is { } unreadable) return new Decision.Refused(unreadable);
        if (state.Facts.SignOffs.LastOrDefault(signOff => signOff.Signer == command.Signer && signOff.Withdrawn is null) is not { } signOff)
            return Decision.Refuse("sign_off_unknown", $"no sign-off of '{command.Signer}' stands in this release", "'ledger signoffs show' lists them");

        // A rejection is lifted by whoever made it: nobody else may clear the way. An approval may be stopped by others as well.
        return (actor.Role == Role.Signer || signOff.Decision == SignOffChoice.Reject) && !(context.Signer is { } signer && signer.Id == signOff.Signer && signer.ActsAs(actor.Id))
            ? Decision.Refuse("not_your_sign_off", $"'{actor.Id}' is not {signOff.Name}, who signed", $"{signOff.Name} withdraws it with a token of their own")
            : Decision.Accept(new ReleaseEvent.SignOffWithdrawn(signOff.Statement, signOff.Signer, command.Reason));
    }
}
