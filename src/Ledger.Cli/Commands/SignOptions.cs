using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Signing;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;

namespace Ledger.Cli.Commands;

/// <summary>What a person says about the sign-off they want to give.</summary>
internal sealed class SignOptions
{
    public Argument<ReleaseId> Release { get; } = Typed.Release();

    public Option<string> Stage { get; } = Typed.NameOption("--stage", "The stage of the policy's sign-off chain");

    public Option<string> Role { get; } = Typed.NameOption("--role", "The role you sign in");

    public Option<string> Signer { get; } = Typed.SignerOption("--signer", "Who you are, as enrolled");

    public Option<bool> Reject { get; } = new("--reject") { Description = "Say no: the release does not go while this stands" };

    public Option<string?> Meaning { get; } = new("--meaning") { HelpName = "TEXT", Description = "What your signature means" };

    public IEnumerable<Symbol> Symbols => [Release, Stage, Role, Signer, Reject, Meaning];

    public SignOffWish Wish(Session session)
    {
        var (choice, stage, role) = (session.Get(Reject) ? SignOffChoice.Reject : SignOffChoice.Approve, session.Get(Stage)!, session.Get(Role)!);
        var meaning = session.Get(Meaning)
            ?? (choice == SignOffChoice.Approve ? $"Approval in the stage '{stage}': as {role} I authorise this release" : $"Rejection in the stage '{stage}': as {role} I do not authorise this release");
        return new SignOffWish(session.Get(Release), stage, role, session.Get(Signer)!, choice, meaning);
    }
}
