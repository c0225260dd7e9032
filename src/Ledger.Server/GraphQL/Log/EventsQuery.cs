using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Log;

/// <summary>Events in pages: of the whole log, and of a release.</summary>
internal static class EventsQuery
{
    public static InputObjectType Filter { get; } = new InputObjectType("EventFilter") { Description = "Which events are looked for: those for which all of it holds." }
        .Field("types", Named.EventType.NonNull().List(), description: "Only what happened in one of these ways; any where none is named.")
        .Field("stream", Scalars.String, description: "Only of this stream, such as `policy/web-service`.")
        .Field("actor", Scalars.String, description: "Only by the holder of a token of this subject.")
        .Field("services", Scalars.String.NonNull().List(), description: "Of releases only those of these services. What is of no release stays.")
        .Field("period", PeriodInput.Type, description: "Only what was appended in it.");

    public static void Define(ObjectType<object> query) => AsOfInput.Define(PageArguments.Define(
            query.AsyncField("events", EventType.Connection.NonNull(), (_, context) => PageAsync(context, FilterOf(context.Arguments, context.Asking()) with { AsOf = AsOfInput.Past(context) }, "events"))), "All that it has now, where this is not given.")
        .Argument("filter", Filter, description: "Which; all that you may see where it is not given.")
        .Argument("orderBy", Enums.Direction.NonNull(), "ASC", "In the order of the log, or against it.")
        .Describe("Events in the order of the log. A page costs the same wherever in the log it is, and however few of the events the filter keeps. With \"stream\" that stream alone is looked at.")
        .Cost(5);

    public static void DefineOn(ObjectType<ReleaseAt> release) => PageArguments.Define(release.BatchField("events", EventType.Connection.NonNull(), source => source.Key, OfReleasesAsync))
        .Argument("types", Named.EventType.NonNull().List(), description: "Only what happened in one of these ways.")
        .Argument("orderBy", Enums.Direction.NonNull(), "ASC", "Oldest first, or newest first.")
        .Describe("Everything that happened to it, up to the moment that it is looked at.").Cost(5);

    /// <summary>The filter of a subscription or a query, within the caller's scope.</summary>
    /// <exception cref="FieldException">It makes no sense.</exception>
    public static EventFilter FilterOf(InputValues arguments, Asking asking)
    {
        var given = arguments.Get<InputValues>("filter");
        var (from, to) = PeriodInput.Of(given?.Get<InputValues>("period"));
        var services = given?.Has("services") == true && !given["services"].IsNullOrUndefined ? given.GetList<string>("services").OfType<string>().ToList() : null;
        if (services is not null) services.RemoveAll(service => !asking.Caller.Covers(service));
        return new EventFilter
        {
            Services = services ?? asking.Services,
            Stream = given?.Get<string>("stream"),
            Types = given?.GetList<string>("types").OfType<string>().ToList() ?? [],
            Actor = given?.Get<string>("actor"),
            From = from,
            To = to,
        };
    }

    private static async ValueTask<IReadOnlyDictionary<ReleaseKey, Connection<StoredEvent>>> OfReleasesAsync(IReadOnlyList<ReleaseKey> releases, ResolverContext context)
    {
        var (page, asking) = (PageArguments.Of(context.Arguments), context.Asking());
        var types = context.Arguments.GetList<string>("types").OfType<string>().ToList();
        var newest = context.Arguments.Get<Direction>("orderBy") == Direction.Descending != page.Backwards;
        var found = new Dictionary<ReleaseKey, Connection<StoredEvent>>();
        foreach (var moment in releases.GroupBy(release => release.AsOf))
        {
            // A cursor is a place in one release's events; the first pages of many are read at once, and so are the numbers of all.
            string[] streams = [.. moment.Select(key => key.Release.StreamKey)];
            var counts = new Lazy<Task<IReadOnlyDictionary<string, long>>>(() => asking.Sources.Desk.ReadAsync(() => asking.Store.Events.CountOfEachAsync(streams, types, moment.Key, context.CancellationToken)));
            ILookup<string, StoredEvent>? first = page is { Start: null, End: null }
                ? (page.Count == 0 ? [] : await asking.Sources.Desk.ReadAsync(() => asking.Store.Events.OfEachAsync(streams, types, moment.Key, newest, page.Count, context.CancellationToken)))
                    .ToLookup(stored => stored.Stream, StringComparer.Ordinal)
                : null;
            foreach (var key in moment)
            {
                var filter = new EventFilter { Stream = key.Release.StreamKey, Types = types, AsOf = moment.Key };
                var field = $"release.events {key.Release}";
                found.Add(key, first is null
                    ? await PageAsync(context, filter, field, async _ => (await counts.Value)[filter.Stream])
                    : Connection(page, Question.Of(field, context.Arguments), First([.. newest ? first[filter.Stream].Reverse() : first[filter.Stream]], page.Count), async _ => (await counts.Value)[filter.Stream]));
            }
        }

        return found;
    }

    private static EventPage First(List<StoredEvent> events, int count) =>
        count == 0 || events.Count <= count ? new EventPage(events, null) : new EventPage(events[..count], new EventPlace(events[count - 1].Sequence, events[count - 1].Version));

    private static async ValueTask<Connection<StoredEvent>?> PageAsync(ResolverContext context, EventFilter filter, string field)
    {
        var asking = context.Asking();
        return filter.Stream is { } stream && !asking.Covers(stream)
            ? await PageAsync(context, null, field, _ => default)
            : await PageAsync(context, filter, field, async cancellation => await asking.Sources.Desk.ReadAsync(() => asking.Store.Events.CountAsync(filter, cancellation)));
    }

    // Without a filter there is nothing to be found.
    private static async ValueTask<Connection<StoredEvent>> PageAsync(ResolverContext context, EventFilter? filter, string field, Func<CancellationToken, ValueTask<long>> count)
    {
        var (page, store) = (PageArguments.Of(context.Arguments), context.Asking().Store);
        var question = Question.Of(field, context.Arguments);
        var (start, end) = (Place(question, page.Start), Place(question, page.End));
        var descending = context.Arguments.Get<Direction>("orderBy") == Direction.Descending != page.Backwards;
        var found = page.Count == 0 || filter is null
            ? new EventPage([], null)
            : await context.Asking().Sources.Desk.ReadAsync(() => store.Events.PageAsync(filter, start, end, descending, page.Count, context.CancellationToken));
        return Connection(page, question, found, count);
    }

    private static Connection<StoredEvent> Connection(PageArguments page, string question, EventPage found, Func<CancellationToken, ValueTask<long>> count) => Connection<StoredEvent>.Of(
        found.Events, page, found.Next is { } next ? Write(question, next) : null, stored => Write(question, new EventPlace(stored.Sequence, stored.Version)), count);

    private static string Write(string question, EventPlace place) => Cursor.Write(question, $"{place.Sequence}", $"{place.Version}");

    private static EventPlace? Place(string question, string? cursor) =>
        cursor is null ? null : Cursor.Read(question, cursor, 2) is var parts ? new EventPlace(Cursor.Number(parts[0]), Cursor.Number(parts[1])) : null;
}
