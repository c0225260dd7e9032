using Ledger.GraphQL.Types;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Requests;

/// <summary>Who asks.</summary>
internal static class ViewerType
{
    private static readonly ObjectType<Caller> Type = new("Viewer") { Description = "Who asks, as their token says." };

    public static void Define(ObjectType<object> query)
    {
        query.Field("viewer", Type.NonNull(), (_, context) => context.Asking().Caller).Describe("Who asks.");
        Type.Field("subject", Scalars.String.NonNull(), caller => caller.Subject).Describe("The token's subject.");
        Type.Field("role", Enums.Role.NonNull(), caller => caller.Role).Describe("The role in which they act.");
        Type.Field("services", Scalars.String.NonNull().List().NonNull(), caller => caller.Services).Describe("The services whose releases they may see; `*` for all.");
    }
}
