using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;

namespace Ledger.Cli.Commands;

/// <summary>
/// <c>--at</c> and <c>--seen-by</c>: it has happened already. The ledger then records it as it is, and beside it what it broke, instead of
/// refusing it.
/// </summary>
internal sealed class ObservedOptions(Surroundings here)
{
    public Option<DateTimeOffset?> At { get; } = Typed.Time("--at", "When it happened already, for something that cannot be refused any more", here);

    public Option<string?> SeenBy { get; } = new("--seen-by") { HelpName = "SOURCE", Description = "Who saw it happen, with --at, e.g. argo-rollouts" };

    /// <summary>What was typed; null for nothing; or why it cannot be.</summary>
    public Failure? TryRead(Session session, out ObservedBody? observed)
    {
        var (at, source) = (session.Time(At), session.Get(SeenBy));
        observed = at is not null && source is not null ? new ObservedBody(at, source) : null;
        return at is null == source is null ? null : Failure.Usage("observed_incomplete", "--at and --seen-by go together", "say both when it happened and who saw it, or neither");
    }
}
