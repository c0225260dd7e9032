using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Tests.Signers;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>One move of a random chain. What is signed depends on what happened before, so a move makes its command when its turn comes.</summary>
internal sealed record Move(string Name, TimeSpan After, Func<Story, LedgerCommand> Command, Role Role = Role.Admin, string Actor = "somebody")
{
    public override string ToString() => $"+{After} {Name}";
}

/// <summary>Random chains in which most moves could happen, so that they get somewhere, and some could not.</summary>
internal static class RandomChains
{
    public static readonly Policy Policy = Chain.Document with { Emergency = new EmergencyReleases(true, TestPolicy.Quantity("30min")) };

    private static readonly string[] Everyone = ["ada", "ben", "cleo", "dan", "eve", "fay"];

    private static readonly Gen<Func<TimeSpan, Move>> Signing =
        from signer in Gen.Elements(Everyone)
        from decision in Gen.Frequency((12, Gen.Constant(SignOffChoice.Approve)), (1, Gen.Constant(SignOffChoice.Reject)))
        from key in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Constant(2)))
        from forgotten in Gen.Frequency((15, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (Func<TimeSpan, Move>)(after => new Move(
            $"{signer} signs: {decision}{(key == 0 ? "" : " with another key")}{(forgotten ? " without the link" : "")}", after,
            story =>
            {
                var signed = story.Statement(signer, predicate => predicate with { Decision = decision, Previous = forgotten ? null : predicate.Previous });
                return Chain.Submit(key == 0 ? signed : signed with { Key = People.KeyOf(signer, key).Id });
            },
            Role.Signer, signer));

    private static readonly Gen<Func<TimeSpan, Move>> Withdrawing =
        from signer in Gen.Elements(Everyone)
        from actor in Gen.Frequency((3, Gen.Constant(signer)), (1, Gen.Elements(Everyone)))
        select (Func<TimeSpan, Move>)(after => new Move(
            $"{actor} withdraws for {signer}", after, _ => new ReleaseCommand.WithdrawSignOff(Story.Release, signer, "I was wrong"), Role.Signer, actor));

    private static readonly Gen<Func<TimeSpan, Move>> Deciding =
        from go in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        from emergency in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (Func<TimeSpan, Move>)(after => new Move(
            $"decide {(go ? "GO" : "NO_GO")}{(emergency ? " in an emergency" : "")}", after,
            _ => new ReleaseCommand.Decide(Story.Release, go, go ? null : "no", emergency && go ? "now" : null)));

    private static readonly Gen<Func<TimeSpan, Move>> Changing =
        from gate in Gen.Elements("docs", "backup", "load")
        from good in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        from waived in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (Func<TimeSpan, Move>)(after => new Move(
            $"{(waived ? "waive" : good ? "green" : "red")} {gate}", after,
            story => waived ? new ReleaseCommand.WaiveGate(Story.Release, gate, "owner", "reason", "control", story.Now.AddMinutes(10))
                : gate == "load" ? new ReleaseCommand.ReportGate(Story.Release, gate, TestReport.K6(p95: good ? 100 : 200), "measured again")
                : new ReleaseCommand.AttestGate(Story.Release, gate, [], good, "seen", null, "seen again")));

    private static readonly Gen<Func<TimeSpan, Move>> Rekeying =
        from signer in Gen.Elements(Everyone)
        from revoke in Gen.Elements(true, false)
        select (Func<TimeSpan, Move>)(after => new Move(
            $"{(revoke ? "revoke the key of" : "a new key for")} {signer}", after,
            _ => revoke ? new SignerCommand.RevokeKey(signer, People.KeyOf(signer).Id, "lost") : new SignerCommand.AddKey(signer, People.KeyOf(signer, 2)),
            Role.Compliance));

    // A chain as it should go, so that the random moves fall into the neighbourhood of GO.
    private static readonly Gen<Func<TimeSpan, Move>[]> Straight =
        from length in Gen.Choose(0, 5)
        select new[] { "ada", "ben", "dan", "eve", "fay" }.Take(length)
            .Select(signer => (Func<TimeSpan, Move>)(after => new Move($"{signer} signs", after, story => Chain.Submit(story.Statement(signer)), Role.Signer, signer)))
            .ToArray();

    private static readonly Gen<Func<TimeSpan, Move>[]> Anything =
        Gen.Frequency((16, Signing), (2, Withdrawing), (4, Deciding), (2, Changing), (1, Rekeying)).Select(move => new[] { move });

    public static readonly Arbitrary<Move[]> Any = Arb.From(
        from parts in Gen.Frequency((1, Straight), (5, Anything)).ListOf()
        let moves = parts.SelectMany(part => part).ToList()
        from seconds in Gen.Choose(0, 240).ArrayOf(moves.Count)
        select moves.Zip(seconds, (move, after) => move(TimeSpan.FromSeconds(after))).ToArray(),
        Shorter);

    // A failing chain is told again without one of its moves.
    private static IEnumerable<Move[]> Shorter(Move[] moves) => Enumerable.Range(0, moves.Length).Select(left => moves.Where((_, i) => i != left).ToArray());
}
