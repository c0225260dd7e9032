using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Exports.Controls;
using Ledger.GraphQL;
using Ledger.GraphQL.Types;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Controls;
using Ledger.Server.GraphQL.Deployments;
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

    private static readonly InputObjectType Gate = new InputObjectType("GateFilter") { Description = "Where a gate stands." }
        .Field("name", Scalars.String, description: "The gate's name; any gate where it is not given.")
        .Field("outcome", Enums.GateOutcome.NonNull().List().NonNull(), description: "One of these.");

    private static readonly InputObjectType Waived = new InputObjectType("WaivedFilter") { Description = "That a gate was waived, whether the waiver still stands or not." }
        .Field("gate", Scalars.String, description: "The gate's name; any gate where it is not given.");

    private static readonly InputObjectType Control = new InputObjectType("ControlFilter") { Description = "What a release shows of a control." }
        .Field("id", Named.Control.NonNull(), description: "The control.")
        .Field("status", ControlTypes.Status.NonNull(), description: "Whether it is shown.");

    private static readonly InputObjectType Filter = new InputObjectType("ReleaseFilter") { Description = "Which releases are looked for: those for which all of it holds." }
        .Field("services", Scalars.String.NonNull().List(), description: "Of one of these services.")
        .Field("version", Scalars.String, description: "Of this version.")
        .Field("environment", Scalars.String, description: "For this environment, such as `production`.")
        .Field("commit", Scalars.String, description: "Of the commit that begins with this.")
        .Field("artifact", LedgerScalars.Digest, description: "With this artifact.")
        .Field("policy", Scalars.String, description: "That pinned a version of the policy of this name.")
        .Field("verdict", Enums.Verdict.NonNull().List(), description: "That stand so. It is judged when it is asked: 1,000 releases are looked at for a page and no more.")
        .Field("gate", Gate, description: "With a gate that stands so. It is judged when it is asked, as the verdict is.")
        .Field("control", Control, description: "That show a control so. It is judged when it is asked, as the verdict is. Roles: auditor, compliance, release manager, admin.")
        .Field("tool", Named.Tool, description: "To which this tool reported.")
        .Field("signer", Scalars.String, description: "That the signer of this id signed, whether that still counts or not.")
        .Field("role", Scalars.String, description: "That somebody signed in this role.")
        .Field("waived", Waived, description: "With a gate that was waived.")
        .Field("opened", PeriodInput.Type, description: "Opened in this period.")
        .Field("decision", Enums.Verdict, description: "For which this decision was recorded, GO or NO_GO.")
        .Field("decided", PeriodInput.Type, description: "Decided in this period, or with \"decision\" decided so in it.")
        .Field("closed", Enums.CloseOutcome, description: "That ended so.")
        .Field("deployment", DeploymentFilter.Type, description: "That went, or did not go, so on their way to their users.")
        .Field("text", Scalars.String, description: "With all of these words, in the name, tag, summary, environment and artifacts, or in why a gate was waived, a decision made or the release closed. The last word may be a beginning.");

    private static readonly InputObjectType Order = new InputObjectType("ReleaseOrder") { Description = "What releases are ordered by." }
        .Field("field", Enums.ReleaseOrder.NonNull(), "OPENED_AT", "By what.")
        .Field("direction", Enums.Direction.NonNull(), "DESC", "Which end comes first.");

    public static void Define(ObjectType<object> query)
    {
        AsOfInput.Define(query.AsyncField("release", ReleaseType.Type, async (_, context) => await FindAsync(context)), "Now, where this is not given.")
            .Argument("service", Scalars.String.NonNull(), description: "The service.")
            .Argument("version", Scalars.String.NonNull(), description: "The version.")
            .Describe("A release; null where it is not there, or not yours to see.").Cost(5);
        AsOfInput.Define(PageArguments.Define(query.AsyncField("releases", ReleaseType.Connection.NonNull(), async (_, context) => await PageAsync(context))), "Now, where this is not given.")
            .Argument("filter", Filter, description: "Which; all that you may see where it is not given.")
            .Argument("orderBy", Order, "{ field: OPENED_AT, direction: DESC }", "In which order.")
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
        var (start, end) = (Hit(question, page.Start), Hit(question, page.End));
        var search = SearchOf(context);
        var matches = JudgedFilter.Of(context.Arguments.Get<InputValues>("filter"), context.Asking());
        if (page.Count == 0 || search.Services is []) return Connection<ReleaseAt>.Of([], page, null, _ => "", _ => default);

        var directed = search with { Descending = search.Descending != page.Backwards };
        var (found, next) = await ReadAsync(context, directed, matches, start, end, page.Count);
        return Connection<ReleaseAt>.Of(found, page, next is null ? null : Write(question, next), release => Write(question, HitOf(release)), _ => CountAsync(context, search, matches));
    }

    // One more than the page is looked for, to know whether there is a next one.
    private static async ValueTask<(IReadOnlyList<ReleaseAt> Found, ReleaseHit? Next)> ReadAsync(
        ResolverContext context, ReleaseSearch search, JudgedFilter? matches, ReleaseHit? start, ReleaseHit? end, int count)
    {
        var store = context.Asking().Store;
        var found = new List<ReleaseAt>();
        for (var lookedAt = 0; ;)
        {
            var limit = matches is null ? count + 1 : Chunk;
            var hits = await store.Search.FindAsync(search, start, end, limit, context.CancellationToken);
            var releases = await context.Loaders().Releases.LoadAsync(hits.Select(hit => new ReleaseKey(hit.Release, search.AsOf)));
            var accepted = matches is null ? null : await matches.AcceptedAsync(context, releases.Values);
            foreach (var hit in hits)
            {
                var release = releases[new ReleaseKey(hit.Release, search.AsOf)];
                if (accepted?.Contains(release) == false) continue;
                if (found.Count == count) return (found, HitOf(found[^1]));
                found.Add(release);
            }

            if (hits.Count < limit) return (found, null);
            lookedAt += hits.Count;
            start = hits[^1];
            if (matches is not null && lookedAt >= LookedAtMax) return (found, start);
        }
    }

    private static async ValueTask<long> CountAsync(ResolverContext context, ReleaseSearch search, JudgedFilter? matches)
    {
        var store = context.Asking().Store;
        if (matches is null) return await store.Search.CountAsync(search, context.CancellationToken);
        var (count, lookedAt, start) = (0L, 0, default(ReleaseHit));
        while (true)
        {
            var hits = await store.Search.FindAsync(search, start, null, ReleaseFinder.LimitMax, context.CancellationToken);
            var releases = await context.Loaders().Releases.LoadAsync(hits.Select(hit => new ReleaseKey(hit.Release, search.AsOf)));
            count += (await matches.AcceptedAsync(context, releases.Values)).Count;
            if (hits.Count < ReleaseFinder.LimitMax) return count;
            start = hits[^1];
            lookedAt += hits.Count;
            if (lookedAt >= CountedMax)
                throw new FieldException($"More than {CountedMax} releases would have to be judged to count them: narrow the filter by a period or a service.", Codes.TooMany);
        }
    }

    private static ReleaseSearch SearchOf(ResolverContext context)
    {
        var filter = context.Arguments.Get<InputValues>("filter");
        var order = context.Arguments.Get<InputValues>("orderBy");
        var (openedFrom, openedTo) = PeriodInput.Of(filter?.Get<InputValues>("opened"));
        var (decidedFrom, decidedTo) = PeriodInput.Of(filter?.Get<InputValues>("decided"));
        var decision = filter?.Get<Verdict?>("decision");
        if (decision == Verdict.Pending) throw new FieldException("What was decided is GO or NO_GO.", Codes.BadArgument);
        var waived = filter?.Get<InputValues>("waived");
        return new ReleaseSearch
        {
            Services = ServicesOf(context.Asking(), filter),
            Version = filter?.Get<string>("version"),
            Environment = filter?.Get<string>("environment"),
            Commit = filter?.Get<string>("commit"),
            Artifact = filter?["artifact"].IsNullOrUndefined == false ? filter.Get<Digest>("artifact") : null,
            Policy = filter?.Get<string>("policy"),
            Tool = filter?.Get<string>("tool"),
            Signer = filter?.Get<string>("signer"),
            Role = filter?.Get<string>("role"),
            WaivedGate = waived is null ? null : waived.Get<string>("gate") ?? "",
            OpenedFrom = openedFrom,
            OpenedTo = openedTo,
            Decision = decision,
            DecidedFrom = decidedFrom,
            DecidedTo = decidedTo,
            Closed = filter?.Get<CloseOutcome?>("closed"),
            Deployment = DeploymentFilter.Of(filter?.Get<InputValues>("deployment")),
            Words = WordsOf(filter?.Get<string>("text")),
            AsOf = AsOfInput.Of(context.Arguments),
            Order = order?.Get<ReleaseOrder>("field") ?? ReleaseOrder.Opened,
            Descending = order?.Get<Direction>("direction") != Direction.Ascending,
        };
    }

    // What the caller may not see is not looked for.
    private static List<string>? ServicesOf(Asking asking, InputValues? filter)
    {
        if (filter is null || filter["services"].IsNullOrUndefined) return asking.Services?.ToList();
        return [.. filter.GetList<string>("services").OfType<string>().Where(asking.Caller.Covers)];
    }

    // As the words of a release are stored: letters and digits, two or more.
    private static List<string> WordsOf(string? text)
    {
        if (text is null) return [];
        const int WordsMax = 10;
        var words = string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length > 1).Select(word => word.Length <= 64 ? word : word[..64]).ToList();
        if (words.Count == 0) throw new FieldException("The text has no word of two letters or digits.", Codes.BadArgument);
        return words.Count <= WordsMax ? words : throw new FieldException($"The text has more than {WordsMax} words.", Codes.TooMany);
    }

    private static ReleaseHit HitOf(ReleaseAt release) => new(release.Id, release.State.Facts.OpenedBy.Sequence);

    private static string Write(string question, ReleaseHit hit) => Cursor.Write(question, hit.Release.ToString(), $"{hit.Opened}");

    private static ReleaseHit? Hit(string question, string? cursor)
    {
        if (cursor is null) return null;
        var parts = Cursor.Read(question, cursor, 2);
        return new ReleaseHit(ReleaseId.TryParse(parts[0]) ?? throw new FieldException("This is not a cursor.", Codes.BadCursor), Cursor.Number(parts[1]));
    }
}

/// <summary>What a filter asks that only judging a release tells: it changes with time alone, as waivers and deadlines end.</summary>
/// <param name="Verdicts">One of these; null for any.</param>
/// <param name="Gate">The gate's name; null for any.</param>
/// <param name="Outcomes">One of these; null for any.</param>
/// <param name="Control">Shows this control so; null for any.</param>
/// <param name="Phases">Its deployment is in one of these phases; null for any.</param>
internal sealed record JudgedFilter(
    IReadOnlyList<Verdict>? Verdicts, string? Gate, IReadOnlyList<GateOutcome>? Outcomes, (string Id, DemandStatus Status)? Control, IReadOnlyList<DeploymentPhase>? Phases)
{
    /// <summary>The filter; null where it asks nothing of the kind.</summary>
    /// <exception cref="FieldException">It asks what the caller may not ask.</exception>
    public static JudgedFilter? Of(InputValues? filter, Asking asking)
    {
        var (gate, control) = (filter?.Get<InputValues>("gate"), filter?.Get<InputValues>("control"));
        var verdicts = filter?["verdict"].IsNullOrUndefined == false ? filter.GetList<Verdict>("verdict") : null;
        if (control is not null && !Access.ExportingReleases.Admits(asking.Caller)) throw new FieldException("The role may not ask what releases show of controls.", ErrorCodes.Forbidden);
        var phases = DeploymentFilter.Of(filter?.Get<InputValues>("deployment"))?.Phases;
        return gate is null && control is null && verdicts is null && phases is null
            ? null
            : new JudgedFilter(verdicts, gate?.Get<string>("name"), gate?.GetList<GateOutcome>("outcome"), control is null ? null : (control.Get<string>("id")!, control.Get<DemandStatus>("status")), phases);
    }

    /// <summary>Those of some releases that it keeps.</summary>
    public async ValueTask<HashSet<ReleaseAt>> AcceptedAsync(ResolverContext context, IEnumerable<ReleaseAt> releases)
    {
        var accepted = releases.Where(Accepts).ToHashSet();
        if (Control is not var (id, status) || accepted.Count == 0) return accepted;
        var showing = await ControlTypes.WithAsync(context.Asking(), [.. accepted.Select(release => release.Key)], id, status, context.CancellationToken);
        accepted.RemoveWhere(release => !showing.Contains(release.Key));
        return accepted;
    }

    private bool Accepts(ReleaseAt release) => Phases?.Contains(release.State.Deployment?.Phase ?? DeploymentPhase.NotStarted) != false
        && Verdicts?.Contains(release.Standing.Verdict) != false
        && (Outcomes is null || release.Standing.Gates.Any(gate => (Gate is null || gate.Name == Gate) && Outcomes.Contains(gate.Outcome)));
}
