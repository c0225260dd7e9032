using Ledger.GraphQL.Types;

namespace Ledger.Server.GraphQL.Ids;

/// <summary>The interface of everything that has an identity.</summary>
internal static class NodeType
{
    public static InterfaceType<object> Type { get; } = new("Node") { Description = "Something that can be asked for again by its id (Relay, Global Object Identification)." };

    static NodeType() => Type.Field("id", Scalars.Id.NonNull()).Describe("Its identity among everything in this ledger. Opaque.");

    /// <summary>Says that a type is a node.</summary>
    public static void Implement<T>(ObjectType<T> type, Func<T, string> id)
        where T : class
    {
        type.Implement(Type);
        type.Field("id", Scalars.Id.NonNull(), id).Describe("Its identity among everything in this ledger. Opaque.");
    }
}
