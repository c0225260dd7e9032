using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Requests;

namespace Ledger.Server.GraphQL.Paging;

/// <summary>Which part of a list is asked for (GraphQL Cursor Connections, section 4).</summary>
/// <param name="Count">How many.</param>
/// <param name="Backwards">Whether they are counted from the end.</param>
/// <param name="After">A cursor that the part begins after; null for none.</param>
/// <param name="Before">A cursor that the part ends before; null for none.</param>
internal sealed record PageArguments(int Count, bool Backwards, string? After, string? Before)
{
    public const int CountDefault = 20;
    public const int CountMax = 100;

    /// <summary>Where the reading begins, in its own direction.</summary>
    public string? Start => Backwards ? Before : After;

    /// <summary>Where it ends at the latest.</summary>
    public string? End => Backwards ? After : Before;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FieldException">They make no sense together, or ask for too much.</exception>
    public static PageArguments Of(InputValues arguments)
    {
        var (first, last) = (arguments.Get<int?>("first"), arguments.Get<int?>("last"));
        if (first is not null && last is not null) throw new FieldException("Give \"first\" or \"last\", not both.", Codes.BadArgument);
        var count = first ?? last ?? CountDefault;
        if (count < 0) throw new FieldException("A page has no negative size.", Codes.BadArgument);
        if (count > CountMax) throw new FieldException($"A page has at most {CountMax} entries; {count} were asked for.", Codes.PageSize);
        return new PageArguments(count, last is not null, arguments.Get<string>("after"), arguments.Get<string>("before"));
    }

    /// <summary>Adds the arguments to a field of a connection, and what the field costs for them.</summary>
    public static FieldDefinition Define(FieldDefinition field) => field
        .Argument("first", Scalars.Int, description: $"How many from the beginning, at most {CountMax}; {CountDefault} where neither \"first\" nor \"last\" is given.")
        .Argument("after", Scalars.String, description: "Begins after this cursor.")
        .Argument("last", Scalars.Int, description: $"How many from the end, at most {CountMax}.")
        .Argument("before", Scalars.String, description: "Ends before this cursor.")
        .Sized(new ListSize(CountDefault, ["first", "last"], ["edges", "nodes"], RequireOneSlicingArgument: false));
}
