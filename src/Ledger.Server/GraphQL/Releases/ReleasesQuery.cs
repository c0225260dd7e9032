using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>Releases: one by its name, and those that a filter finds.</summary>
internal static class ReleasesQuery
{
    /// <summary>How many releases are looked at for a page, where the filter asks what only judging them tells.</summary>
    public const int LookedAtMax = 1_000;

    /// <summary>How many are looked at to count them.</summary>
    public const int CountedMax = 10_000;

    private const int Chunk = 100;

    public static void Define(ObjectType<object> query)
    {
        AsOfInput.Define(query.AsyncField("release", ReleaseType.Type, async (_, context) => await FindAsync(context)), "Now, where this is not given.")
            .Argument("service", Scalars.String.NonNull(), description: "The service.")
            .Argument("version", Scalars.String.NonNull(), description: "The version.")
            .Describe("A release; null where it is not there, or not yours to see.").Cost(5);
        AsOfInput.Define(PageArguments.Define(query.AsyncField("releases", ReleaseType.Connection.NonNull(), async (_, context) => await PageAsync(context))), "Now, where this is not given.")
            .Argument("filter", ReleaseFilter.Type, description: "Which; all that you may see where it is not given.")
            .Argument("orderBy", ReleaseFilter.Order, "{ field: OPENED_AT, direction: DESC }", "In which order.")
            .Describe("Releases that a filter finds. A page costs the same wherever in the list it is.").Cost(10);
    }

    /// <summary>The release that two arguments name; null where it is not there, or out of scope.</summary>
    public static ValueTask<ReleaseAt?> FindAsync(ResolverContext context) =>
        ReleaseId.TryCreate(context.Arguments.Get<string>("service"), context.Arguments.Get<string>("version")) is { } release
            ? context.Loaders().ReleaseAsync(release, AsOfInput.Of(context.Arguments))
            : default;

    private static async ValueTask<Connection<ReleaseAt>?> PageAsync(ResolverContext context)
    {
        var page = PageArguments.Of(context.Arguments);
        var question = Question.Of("releases", context.Arguments);
        var search = ReleaseFilter.SearchOf(context);
        var (start, end) = (Hit(search.Order, question, page.Start), Hit(search.Order, question, page.End));
        var matches = JudgedFilter.Of(context.Arguments.Get<InputValues>("filter"), context.Asking());
        var (found, next) = page.Count == 0 || search.Services is []
            ? ([], null)
            : await ReadAsync(context, page.Backwards ? search.Reversed() : search, matches, start, end, page.Count);
        var places = found.ToDictionary(each => each.Release, each => each.Hit);
        return Connection<ReleaseAt>.Of(
            found.Select(each => each.Release), page, next is null ? null : Write(search.Order, question, next), release => Write(search.Order, question, places[release]), _ => CountAsync(context, search, matches));
    }

    // One more than the page is looked for, to know whether there is a next one.
    private static async ValueTask<(IReadOnlyList<(ReleaseAt Release, ReleaseHit Hit)> Found, ReleaseHit? Next)> ReadAsync(
        ResolverContext context, ReleaseSearch search, JudgedFilter? matches, ReleaseHit? start, ReleaseHit? end, int count)
    {
        var found = new List<(ReleaseAt Release, ReleaseHit Hit)>();
        for (var lookedAt = 0; ;)
        {
            var limit = matches is null ? count + 1 : Chunk;
            var from = start;
            var hits = await context.ReadAsync(store => store.Search.FindAsync(search, from, end, limit, context.CancellationToken));
            var releases = await context.Loaders().Releases.LoadAsync(hits.Select(hit => new ReleaseKey(hit.Release, search.AsOf)));
            var accepted = matches is null ? null : await matches.AcceptedAsync(context, releases.Values);
            foreach (var hit in hits)
            {
                var release = releases[new ReleaseKey(hit.Release, search.AsOf)];
                if (accepted?.Contains(release) == false) continue;
                if (found.Count == count) return (found, found[^1].Hit);
                found.Add((release, hit));
            }

            if (hits.Count < limit) return (found, null);
            lookedAt += hits.Count;
            start = hits[^1];
            if (matches is not null && lookedAt >= LookedAtMax) return (found, start);
        }
    }

    private static async ValueTask<long> CountAsync(ResolverContext context, ReleaseSearch search, JudgedFilter? matches)
    {
        if (matches is null) return await context.ReadAsync(store => store.Search.CountAsync(search, context.CancellationToken));
        var (count, lookedAt, start) = (0L, 0, default(ReleaseHit));
        while (true)
        {
            var from = start;
            var hits = await context.ReadAsync(store => store.Search.FindAsync(search, from, null, ReleaseFinder.LimitMax, context.CancellationToken));
            var releases = await context.Loaders().Releases.LoadAsync(hits.Select(hit => new ReleaseKey(hit.Release, search.AsOf)));
            count += (await matches.AcceptedAsync(context, releases.Values)).Count;
            if (hits.Count < ReleaseFinder.LimitMax) return count;
            start = hits[^1];
            lookedAt += hits.Count;
            if (lookedAt >= CountedMax)
                throw new FieldException($"More than {CountedMax} releases would have to be judged to count them: narrow the filter by a period or a service.", Codes.TooMany);
        }
    }

    private static string Write(ReleaseOrder order, string question, ReleaseHit hit) => HasKey(order)
        ? Cursor.Write(question, hit.Release.ToString(), $"{hit.Opened}", $"{hit.Key}")
        : Cursor.Write(question, hit.Release.ToString(), $"{hit.Opened}");

    private static ReleaseHit? Hit(ReleaseOrder order, string question, string? cursor)
    {
        if (cursor is null) return null;
        var parts = Cursor.Read(question, cursor, HasKey(order) ? 3 : 2);
        var release = ReleaseId.TryParse(parts[0]) ?? throw new FieldException("This is not a cursor.", Codes.BadCursor);
        return new ReleaseHit(release, Cursor.Number(parts[1]), HasKey(order) && parts[2].Length > 0 ? Cursor.Number(parts[2]) : null);
    }

    private static bool HasKey(ReleaseOrder order) => order is not (ReleaseOrder.Opened or ReleaseOrder.Name);
}
