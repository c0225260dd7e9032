using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Paging;

/// <summary>The types of connections.</summary>
internal static class ConnectionType
{
    public static ObjectType<PageInfo> PageInfo { get; } = new("PageInfo") { Description = "What is before and after a part of a list (GraphQL Cursor Connections)." };

    static ConnectionType()
    {
        PageInfo.Field("hasNextPage", Scalars.Boolean.NonNull(), info => info.HasNext)
            .Describe("Whether there may be more after it. A filtered page may hold fewer entries than were asked for and yet have a next one: so many are looked at for it and no more.");
        PageInfo.Field("hasPreviousPage", Scalars.Boolean.NonNull(), info => info.HasPrevious).Describe("Whether there may be more before it.");
        PageInfo.Field("startCursor", Scalars.String, info => info.Start).Describe("Where it begins: for \"before\".");
        PageInfo.Field("endCursor", Scalars.String, info => info.End).Describe("Where it ends: for \"after\".");
    }

    /// <summary>The connection of a type.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="type">The type.</param>
    /// <param name="what">What its entries are, in the plural.</param>
    public static ObjectType<Connection<T>> Of<T>(string name, ObjectType<T> type, string what)
        where T : class
    {
        var edge = new ObjectType<Edge<T>>($"{name}Edge") { Description = $"An entry of a list of {what}.", CostWeight = 0 };
        edge.Field("node", type.NonNull(), entry => entry.Node).Describe("The entry.");
        edge.Field("cursor", Scalars.String.NonNull(), entry => entry.Cursor).Describe("Its place in the list.");

        var connection = new ObjectType<Connection<T>>($"{name}Connection") { Description = $"A part of a list of {what}." };
        connection.Field("edges", edge.NonNull().List().NonNull(), part => part.Edges).Describe("The entries with their places.");
        connection.Field("nodes", type.NonNull().List().NonNull(), part => part.Edges.Select(entry => entry.Node).ToList()).Describe("The entries alone.");
        connection.Field("pageInfo", PageInfo.NonNull(), part => part.Page).Describe("What is before and after them.");
        connection.AsyncField("totalCount", LedgerScalars.Long.NonNull(), async (part, context) => (long?)await part.Count(context.CancellationToken))
            .Describe("How many entries the whole list has. They are counted only where this is asked for, which costs more than a page.").Cost(10);
        return connection;
    }
}
