using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Store.Append;

/// <summary>How the sequencer decides about a kind of stream, folds it and projects it, without knowing which kind it is.</summary>
internal abstract class Aggregate
{
    private static readonly Aggregate[] All = [new ReleaseAggregate(), new PolicyAggregate(), new LogAggregate()];

    /// <summary>The stream's type in <c>mt_streams</c>, and the part of its document's table name after <c>mt_doc_</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The .NET type of the state, as Marten writes it beside a document.</summary>
    public abstract string StateType { get; }

    public static Aggregate Of(string streamKey) =>
        Array.Find(All, aggregate => aggregate.Owns(streamKey)) ?? throw new InvalidOperationException($"no aggregate owns the stream '{streamKey}'");

    public static IReadOnlyList<Aggregate> Everything => All;

    public abstract bool Owns(string streamKey);

    public abstract Decision Decide(LedgerCommand command, object? state, DecisionContext context);

    public abstract object Evolve(object? state, Recorded<LedgerEvent> recorded);

    public abstract void WriteState(Utf8JsonWriter writer, object state);

    public abstract object ReadState(JsonElement state);

    protected static Recorded<TEvent> Narrow<TEvent>(Recorded<LedgerEvent> recorded)
        where TEvent : LedgerEvent =>
        new(recorded.Sequence, recorded.Version, recorded.At, recorded.Actor, (TEvent)recorded.Event);

    protected static string DotNetName(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private sealed class ReleaseAggregate : Aggregate
    {
        public override string Name => "release";

        public override string StateType { get; } = DotNetName(typeof(ReleaseState));

        public override bool Owns(string streamKey) => streamKey.StartsWith("release/", StringComparison.Ordinal);

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            ReleaseDecider.Decide((ReleaseCommand)command, (ReleaseState?)state, context);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) =>
            ReleaseFold.Evolve((ReleaseState?)state, Narrow<ReleaseEvent>(recorded));

        public override void WriteState(Utf8JsonWriter writer, object state) =>
            JsonSerializer.Serialize(writer, (ReleaseState)state, DomainJson.Default.ReleaseState);

        public override object ReadState(JsonElement state) => state.Deserialize(DomainJson.Default.ReleaseState)!;
    }

    private sealed class PolicyAggregate : Aggregate
    {
        public override string Name => "policy";

        public override string StateType { get; } = DotNetName(typeof(PolicyState));

        public override bool Owns(string streamKey) => streamKey.StartsWith("policy/", StringComparison.Ordinal);

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            PolicyState.Decide((PolicyCommand)command, (PolicyState?)state, context);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) => PolicyState.Evolve(Narrow<PolicyEvent>(recorded));

        public override void WriteState(Utf8JsonWriter writer, object state) =>
            JsonSerializer.Serialize(writer, (PolicyState)state, DomainJson.Default.PolicyState);

        public override object ReadState(JsonElement state) => state.Deserialize(DomainJson.Default.PolicyState)!;
    }

    private sealed class LogAggregate : Aggregate
    {
        public override string Name => "log";

        public override string StateType { get; } = DotNetName(typeof(LogState));

        public override bool Owns(string streamKey) => streamKey == LogCommand.StreamName;

        public override Decision Decide(LedgerCommand command, object? state, DecisionContext context) =>
            LogState.Decide((LogCommand)command, (LogState?)state);

        public override object Evolve(object? state, Recorded<LedgerEvent> recorded) => LogState.Evolve((LogState?)state, Narrow<LogEvent>(recorded));

        public override void WriteState(Utf8JsonWriter writer, object state) =>
            JsonSerializer.Serialize(writer, (LogState)state, DomainJson.Default.LogState);

        public override object ReadState(JsonElement state) => state.Deserialize(DomainJson.Default.LogState)!;
    }
}
