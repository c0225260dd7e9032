using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>A field of a release that is of a moment: of the release's own, or of the one that its argument <c>asOf</c> names.</summary>
/// <param name="get">The value.</param>
/// <param name="absent">The value for a release that was not opened yet.</param>
internal sealed class StateResolver(Func<ReleaseAt, object?> get, object? absent) : BatchResolver
{
    public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
    {
        if (AsOfInput.Of(context.Arguments) is not { } asOf) return [.. sources.Select(source => get((ReleaseAt)source!))];
        var keys = sources.Select(source => new ReleaseKey(((ReleaseAt)source!).Id, asOf)).ToList();
        var then = await context.Loaders().Releases.LoadAsync(keys);
        return [.. keys.Select(key => then.TryGetValue(key, out var release) ? get(release) : absent)];
    }
}

/// <summary>Releases at the moment that a field's argument <c>asOf</c> names.</summary>
internal static class Moments
{
    /// <summary>Each of some releases at that moment, or as it is where none is named; those that were not opened by then are left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<ReleaseAt, ReleaseAt>> ThenAsync(this ResolverContext context, IReadOnlyList<ReleaseAt> releases)
    {
        if (AsOfInput.Of(context.Arguments) is not { } asOf) return releases.ToDictionary(release => release);
        var then = await context.Loaders().Releases.LoadAsync(releases.Select(release => new ReleaseKey(release.Id, asOf)));
        return releases.Where(release => then.ContainsKey(new ReleaseKey(release.Id, asOf))).ToDictionary(release => release, release => then[new ReleaseKey(release.Id, asOf)]);
    }
}

/// <summary>Adds such fields.</summary>
internal static class StateFields
{
    public const string Otherwise = "Where this is not given, as the release itself was asked for.";

    /// <summary>A value that is null before the release was opened.</summary>
    public static FieldDefinition StateField<T>(this ObjectType<ReleaseAt> type, string name, IOutput<T> output, Func<ReleaseAt, T?> get)
        where T : class => AsOfInput.Define(type.Field(name, output.Type, new StateResolver(get, null)), Otherwise);

    /// <summary>As above.</summary>
    public static FieldDefinition StateValue<T>(this ObjectType<ReleaseAt> type, string name, IOutput<T> output, Func<ReleaseAt, T?> get)
        where T : struct => AsOfInput.Define(type.Field(name, output.Type, new StateResolver(release => get(release), null)), Otherwise);

    /// <summary>A list, which is empty before the release was opened.</summary>
    public static FieldDefinition StateList<T>(this ObjectType<ReleaseAt> type, string name, ObjectType<T> item, Func<ReleaseAt, IEnumerable<T>> get)
        where T : class => AsOfInput.Define(type.Field(name, item.NonNull().List().NonNull(), new StateResolver(release => get(release).ToList(), Array.Empty<T>())), Otherwise);
}
