using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;

namespace Ledger.Store.Append;

/// <summary>How the sequencer decides about a kind of stream and folds it, without knowing which kind it is.</summary>
internal abstract class Aggregate
{
    public static readonly Aggregate Release = new ReleaseAggregate();
    private static readonly Aggregate Policy = new PolicyAggregate();
    private static readonly Aggregate Signer = new SignerAggregate();
    public static readonly Aggregate Inbox = new InboxAggregate();
    private static readonly Aggregate Log = new LogAggregate();

    /// <summary>The stream's type in <c>mt_streams</c>.</summary>
    public abstract string Name { get; }

    public static Aggregate Of(string streamKey)
    {
        if (streamKey.StartsWith("release/", StringComparison.Ordinal)) return Release;
        if (streamKey.StartsWith("policy/", StringComparison.Ordinal)) return Policy;
        if (streamKey.StartsWith("signer/", StringComparison.Ordinal)) return Signer;
        if (Domain.ExternalEvents.Inbox.IsStream(streamKey)) return Inbox;
        return streamKey == LogCommand.StreamName ? Log : throw new InvalidOperationException($"no aggregate owns the stream '{streamKey}'");
    }

    public abstract Decision Decide(LedgerCommand command, object? state, DecisionContext context);

    public abstract object Evolve(object? state, Recorded<LedgerEvent> recorded);

    private static Recorded<TEvent> Narrow<TEvent>(Recorded<LedgerEvent> recorded)
        where TEvent : LedgerEvent =>
        new(recorded.Sequence, recorded.Version, recorded.At, recorded.Actor, (TEvent)recorded.Event);

    private sealed class ReleaseAggregate : Aggregate
    {
        public override string Name => "release";

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            ReleaseDecider.Decide((ReleaseCommand)command, (ReleaseState?)state, context);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) =>
            ReleaseFold.Evolve((ReleaseState?)state, Narrow<ReleaseEvent>(recorded));
    }

    private sealed class PolicyAggregate : Aggregate
    {
        public override string Name => "policy";

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            PolicyState.Decide((PolicyCommand)command, (PolicyState?)state, context);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) => PolicyState.Evolve(Narrow<PolicyEvent>(recorded));
    }

    private sealed class SignerAggregate : Aggregate
    {
        public override string Name => "signer";

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            SignerDecider.Decide((SignerCommand)command, (SignerState?)state, context);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) => SignerState.Evolve((SignerState?)state, Narrow<SignerEvent>(recorded));
    }

    private sealed class InboxAggregate : Aggregate
    {
        public override string Name => "inbox";

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            InboxState.Decide((InboxCommand)command, (InboxState?)state, context);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) => InboxState.Evolve((InboxState?)state, Narrow<InboxEvent>(recorded));
    }

    private sealed class LogAggregate : Aggregate
    {
        public override string Name => "log";

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            LogState.Decide((LogCommand)command, (LogState?)state, context);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) => LogState.Evolve((LogState?)state, Narrow<LogEvent>(recorded));
    }
}
