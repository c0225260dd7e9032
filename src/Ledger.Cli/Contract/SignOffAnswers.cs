using Ledger.Domain.SignOffs;

namespace Ledger.Cli.Contract;

/// <summary>What GET …/sign-offs answers: the chain as it stands.</summary>
internal sealed record SignOffsAnswer(string Release, string Verdict, SignOffStanding? SignOff = null, DecisionState? Decision = null)
{
    public string? Contradiction(string release) => Release == release ? null : $"it is about '{Release}', not about '{release}'";
}

/// <summary>What POST …/sign-offs answers.</summary>
internal sealed record SignedOffAnswer(
    string Statement, string Stage, string Role, string Signer, string Name, string Decision, string Chain, string Verdict, Receipt Receipt) : IRecorded;

/// <summary>What POST …/sign-offs/withdrawal answers, as far as the command line needs it.</summary>
internal sealed record WithdrawnAnswer(Receipt Receipt, string? Verdict = null) : IRecorded;

/// <summary>What POST …/decision answers.</summary>
internal sealed record DecidedAnswer(string Verdict, IReadOnlyList<EventRef> Inputs, Receipt Receipt, string? ApproveBy = null) : IRecorded;
