using Ledger.Domain.Releases;
using Ledger.Exports.Controls;
using Ledger.GraphQL.Types;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Controls;

/// <summary>The controls that auditors ask about, and what a release shows of them.</summary>
internal static class ControlTypes
{
    public static EnumType<DemandStatus> Status { get; } = new EnumType<DemandStatus>("DemandStatus") { Description = "Whether the log shows what a control asks for." }
        .Value("NOT_EVALUATED", DemandStatus.NotEvaluated, "Nobody can tell from what is here.")
        .Value("SHOWN", DemandStatus.Shown, "The events named show it.")
        .Value("NOT_SHOWN", DemandStatus.NotShown, "It was looked for, and is not there or does not hold.")
        .Value("NOT_APPLICABLE", DemandStatus.NotApplicable, "The case that the demand is about did not occur.");

    private static readonly ObjectType<Control> ControlType = new("Control") { Description = "A control that auditors map evidence to." };

    private static readonly ObjectType<MappedControl> MappedType = new("MappedControl") { Description = "A control as far as a release shows it." };

    private static readonly ObjectType<MappedDemand> DemandType = new("ControlDemand") { Description = "One thing that a control asks to see, as far as it is shown." };

    public static void Define(ObjectType<object> query, ObjectType<ReleaseAt> release)
    {
        query.Field("controls", ControlType.NonNull().List().NonNull(), (_, _) => ControlCatalog.All)
            .Describe("The controls that can be mapped to events.").Sized(new ListSize(ControlCatalog.All.Count, [], [], false));
        ControlType.Field("id", Named.Control.NonNull(), Named.NameOf).Describe("Which one.");
        ControlType.Field("framework", Scalars.String.NonNull(), control => control.Framework).Describe("Where it is from.");
        ControlType.Field("name", Scalars.String.NonNull(), control => control.Id).Describe("What it is called there.");
        ControlType.Field("asksFor", Scalars.String.NonNull(), control => control.AsksFor).Describe("What it comes to for releases.");

        AsOfInput.Define(release.BatchField("controls", MappedType.NonNull().List().NonNull(), source => source, LoadAsync), StateFields.Otherwise)
            .Argument("ids", Named.Control.NonNull().List().NonNull(), description: "Which controls.")
            .Describe("What the release shows of some controls. A single release is no population: what only that shows is not evaluated.").Require(Access.ExportingReleases)
            .Sized(new ListSize(5, [], [], false)).Cost(10);
        MappedType.Field("id", Named.Control.NonNull(), mapped => $"{mapped.Framework} {mapped.Id}").Describe("Which control.");
        MappedType.Field("asksFor", Scalars.String.NonNull(), mapped => mapped.AsksFor).Describe("What it comes to.");
        MappedType.Field("status", Status.NonNull(), mapped => mapped.Status).Describe("The worst of its demands: shown only if all of them are that apply.");
        MappedType.Field("demands", DemandType.NonNull().List().NonNull(), mapped => mapped.Demands).Describe("Each with its events.").Sized(new ListSize(8, [], [], false));
        DemandType.Field("demand", Scalars.String.NonNull(), demand => demand.Demand).Describe("What is demanded.");
        DemandType.Field("status", Status.NonNull(), demand => demand.Status).Describe("Whether it is shown.");
        DemandType.Field("note", Scalars.String.NonNull(), demand => demand.Note).Describe("What was found, or what is missing.");
        EventType.ListField(DemandType, "events", demand => [.. demand.Events.Select(found => new Domain.Events.EventReference(found.Sequence, found.Version))])
            .Describe("The events that show it.");
    }

    /// <summary>Which of some releases show a control so.</summary>
    public static async ValueTask<HashSet<ReleaseKey>> WithAsync(Asking asking, IReadOnlyCollection<ReleaseKey> releases, string control, DemandStatus status, CancellationToken cancellation)
    {
        var found = new HashSet<ReleaseKey>();
        var one = ControlCatalog.All.First(each => Named.NameOf(each) == control);
        foreach (var moment in releases.GroupBy(release => release.AsOf))
        {
            foreach (var (release, mapping) in await MapAsync(asking, moment, [one], cancellation))
                if (mapping.Controls[0].Status == status) found.Add(new ReleaseKey(release, moment.Key));
        }

        return found;
    }

    private static Task<IReadOnlyDictionary<ReleaseId, ControlMapping>> MapAsync(Asking asking, IGrouping<AsOf?, ReleaseKey> moment, IReadOnlyList<Control> controls, CancellationToken cancellation) =>
        asking.Sources.Desk.ReadAsync(() => new ReleaseControls(asking.Store).MapAsync([.. moment.Select(key => key.Release)], moment.Key, controls, cancellation));

    private static async ValueTask<IReadOnlyDictionary<ReleaseAt, IReadOnlyList<MappedControl>>> LoadAsync(IReadOnlyList<ReleaseAt> releases, ResolverContext context)
    {
        var names = context.Arguments.GetList<string>("ids");
        var controls = ControlCatalog.All.Where(control => names.Contains(Named.NameOf(control))).ToList();
        var found = new Dictionary<ReleaseKey, IReadOnlyList<MappedControl>>();
        var then = await context.ThenAsync(releases);
        foreach (var moment in then.Values.Select(at => at.Key).GroupBy(key => key.AsOf))
        {
            foreach (var (release, mapping) in await MapAsync(context.Asking(), moment, controls, context.CancellationToken))
                found.Add(new ReleaseKey(release, moment.Key), mapping.Controls);
        }

        return releases.ToDictionary(source => source, source => then.TryGetValue(source, out var at) ? found[at.Key] : []);
    }
}
