using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>
/// Fields that the state does not tell and an event does. The first of them reads the events of every deployment of the answer in one statement; the others find
/// them read.
/// </summary>
internal static class DeploymentEvents
{
    private static readonly ObjectType<MomentAt> MomentType = new("Moment") { Description = "When something happened, and the event that says so." };

    public static void Define()
    {
        MomentType.Field("at", LedgerScalars.DateTime.NonNull(), moment => moment.Moment.At).Describe("By the source's clock where it was observed, else when it was appended.");
        MomentType.EventField("event", moment => moment.Moment.Event).Describe("The event.");
    }

    /// <summary>Adds a field that is a moment, or null.</summary>
    public static FieldDefinition MomentField<T>(this ObjectType<T> type, string name, Func<T, Moment?> get)
        where T : class, IDeploymentPart => type.Field(name, MomentType, source => get(source) is { } moment ? new MomentAt(source.Deployment, moment) : null);

    /// <summary>Adds a field that is an event.</summary>
    public static FieldDefinition EventField<T>(this ObjectType<T> type, string name, Func<T, EventReference> reference)
        where T : class, IDeploymentPart => type.Field(name, EventType.Type.NonNull(), new OfEvent<T>(reference, (_, stored) => stored));

    /// <summary>Adds a field that is an event, or null.</summary>
    public static FieldDefinition NullableEventField<T>(this ObjectType<T> type, string name, Func<T, EventReference?> reference)
        where T : class, IDeploymentPart => type.Field(name, EventType.Type, new OfEvent<T>(reference, (_, stored) => stored));

    /// <summary>Adds a field that an event tells; null where there is no event.</summary>
    public static FieldDefinition DataField<T, TEvent>(this ObjectType<T> type, string name, GraphQLType output, Func<T, EventReference?> reference, Func<T, TEvent, object?> get)
        where T : class, IDeploymentPart
        where TEvent : LedgerEvent => type.Field(name, output, new OfEvent<T>(reference, (source, stored) => get(source, stored.Recorded<TEvent>().Event)));

    /// <summary>The events behind some parts of deployments, with all the others of their deployments.</summary>
    public static ValueTask<IReadOnlyDictionary<long, StoredEvent>> LoadAsync(ResolverContext context, IEnumerable<IDeploymentPart> parts) =>
        context.Loaders().Events.LoadAsync(parts.Select(part => part.Deployment).Distinct().SelectMany(deployment => deployment.References).Select(reference => reference.Sequence));

    private sealed record MomentAt(DeploymentAt Deployment, Moment Moment) : IDeploymentPart;

    private sealed class OfEvent<T>(Func<T, EventReference?> reference, Func<T, StoredEvent, object?> get) : BatchResolver
        where T : class, IDeploymentPart
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var parts = sources.Cast<T>().ToList();
            if (parts.TrueForAll(part => reference(part) is null)) return new object?[parts.Count];
            var events = await LoadAsync(context, parts);
            return [.. parts.Select(part => reference(part) is { } wanted ? get(part, events[wanted.Sequence]) : null)];
        }
    }
}
