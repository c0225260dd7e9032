using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Requests;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Values;

/// <summary>A point in the past, as an input.</summary>
internal static class AsOfInput
{
    public static InputObjectType Type { get; } = new InputObjectType("AsOf") { IsOneOf = true, Description = "A point in the past: a time, or a place in the log." }
        .Field("time", LedgerScalars.DateTime, description: "Everything appended at or before this time; waivers and deadlines are looked at then.")
        .Field("sequence", LedgerScalars.Long, description: "Everything up to and including the event at this place in the log, from 1; waivers and deadlines are looked at when that event was appended.");

    /// <summary>Adds the argument to a field whose answer is a state.</summary>
    public static FieldDefinition Define(FieldDefinition field, string otherwise) => field.Argument("asOf", Type, description: $"As it was then. {otherwise}");

    /// <summary>What was given, of a field that tells what the log had: a time that has not come yet would be answered otherwise once it has. Null for nothing.</summary>
    /// <exception cref="FieldException">It is no place in a log, or a time to come.</exception>
    public static AsOf? Past(ResolverContext context) => Of(context.Arguments) switch
    {
        AsOf.Time time when time.At > context.Asking().Store.Clock.GetUtcNow() =>
            throw new FieldException("What the log will have at that time is not known yet: give a time that has passed, or none for the present.", Codes.BadArgument),
        var asOf => asOf,
    };

    /// <summary>What was given; null for nothing.</summary>
    /// <exception cref="FieldException">It is no place in a log.</exception>
    public static AsOf? Of(InputValues arguments)
    {
        if (arguments.Get<InputValues>("asOf") is not { } given) return null;
        if (given.Get<DateTimeOffset?>("time") is { } time) return new AsOf.Time(time);
        var sequence = given.Get<long>("sequence");
        return sequence >= 1 ? new AsOf.Leaf(sequence - 1) : throw new FieldException("A place in the log is 1 or more.", Codes.BadArgument);
    }
}

/// <summary>A stretch of time, as an input.</summary>
internal static class PeriodInput
{
    public static InputObjectType Type { get; } = new InputObjectType("Period") { Description = "A stretch of time." }
        .Field("from", LedgerScalars.DateTime, description: "Its beginning; open where it is not given.")
        .Field("to", LedgerScalars.DateTime, description: "Its end, exclusively; open where it is not given.");

    /// <summary>What was given; both ends null for nothing.</summary>
    /// <exception cref="FieldException">It ends before it begins.</exception>
    public static (DateTimeOffset? From, DateTimeOffset? To) Of(InputValues? period)
    {
        var (from, to) = (period?.Get<DateTimeOffset?>("from"), period?.Get<DateTimeOffset?>("to"));
        return from > to ? throw new FieldException("The period ends before it begins.", Codes.BadArgument) : (from, to);
    }
}
