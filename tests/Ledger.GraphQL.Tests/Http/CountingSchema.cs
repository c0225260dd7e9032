using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>A schema with one of everything that a transport treats in its own way.</summary>
internal static class CountingSchema
{
    public static Schema Create()
    {
        var query = new ObjectType<object?>("Query");
        query.Field("a", Scalars.Int, _ => (int?)1);
        query.Field("echo", Scalars.String, (_, context) => context.Arguments.Get<string>("text")).Argument("text", Scalars.String);
        query.Field<string>("broken", Scalars.String, _ => throw new InvalidOperationException("secret"));
        query.Field("guarded", Scalars.Int, _ => (int?)1).Require("nobody");
        var mutation = new ObjectType<object?>("Mutation");
        mutation.Field("change", Scalars.Int, _ => (int?)2);
        var subscription = new ObjectType<object?>("Subscription");
        subscription.Field("counted", Scalars.Int.NonNull(), Resolver.OfStream((_, context) => Count(context.Arguments.Get<int>("to")))).Argument("to", Scalars.Int.NonNull());
        subscription.Field("silent", Scalars.Int, Resolver.OfStream((_, context) => Wait(context.CancellationToken)));
        return Schema.Create(new SchemaDefinition { Query = query, Mutation = mutation, Subscription = subscription });
    }

    private static async IAsyncEnumerable<object?> Count(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static async IAsyncEnumerable<object?> Wait([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }
}
