using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Controls;
using Ledger.Server.GraphQL.Deployments;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>What releases can be looked for by, and in which order.</summary>
internal static class ReleaseFilter
{
    private static readonly InputObjectType Gate = new InputObjectType("GateFilter") { Description = "Where a gate stands." }
        .Field("name", Scalars.String, description: "The gate's name; any gate where it is not given.")
        .Field("outcome", Enums.GateOutcome.NonNull().List().NonNull(), description: "One of these.");

    private static readonly InputObjectType Waived = new InputObjectType("WaivedFilter") { Description = "That a gate was waived, whether the waiver still stands or not." }
        .Field("gate", Scalars.String, description: "The gate's name; any gate where it is not given.");

    private static readonly InputObjectType Control = new InputObjectType("ControlFilter") { Description = "What a release shows of a control." }
        .Field("id", Named.Control.NonNull(), description: "The control.")
        .Field("status", ControlTypes.Status.NonNull(), description: "Whether it is shown.");

    public static InputObjectType Type { get; } = new InputObjectType("ReleaseFilter") { Description = "Which releases are looked for: those for which all of it holds." }
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
        .Field("ended", PeriodInput.Type, description: "Ended in this period, or with \"closed\" ended so in it.")
        .Field("deployment", DeploymentFilter.Type, description: "That went, or did not go, so on their way to their users.")
        .Field("text", Scalars.String, description: "With all of these words, in the name, tag, summary, environment and artifacts, or in why a gate was waived, a decision made or the release closed. The last word may be a beginning.");

    public static InputObjectType Order { get; } = new InputObjectType("ReleaseOrder") { Description = "What releases are ordered by." }
        .Field("field", Enums.ReleaseOrder.NonNull(), "OPENED_AT", "By what.")
        .Field("direction", Enums.Direction.NonNull(), "DESC", "Which end comes first.");

    /// <summary>What the arguments of a question look for, within the caller's scope.</summary>
    /// <exception cref="FieldException">They make no sense.</exception>
    public static ReleaseSearch SearchOf(ResolverContext context)
    {
        var filter = context.Arguments.Get<InputValues>("filter");
        var order = context.Arguments.Get<InputValues>("orderBy");
        var (openedFrom, openedTo) = PeriodInput.Of(filter?.Get<InputValues>("opened"));
        var (decidedFrom, decidedTo) = PeriodInput.Of(filter?.Get<InputValues>("decided"));
        var (endedFrom, endedTo) = PeriodInput.Of(filter?.Get<InputValues>("ended"));
        if (filter?.Get<string>("commit") is "") throw new FieldException("A commit begins with at least one digit.", Codes.BadArgument);
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
            EndedFrom = endedFrom,
            EndedTo = endedTo,
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

    // As the words of a release are stored: parted by what is neither a letter nor a digit of ASCII, nor beyond it; in small letters of ASCII; two characters or more.
    private static List<string> WordsOf(string? text)
    {
        if (text is null) return [];
        const int WordsMax = 10;
        var words = string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.IsAsciiLetterOrDigit(c) || !char.IsAscii(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length > 1).Select(word => word.Length <= 64 ? word : word[..64]).ToList();
        if (words.Count == 0) throw new FieldException("The text has no word of two letters or digits; a version such as 1.4.0 is looked for by \"version\".", Codes.BadArgument);
        return words.Count <= WordsMax ? words : throw new FieldException($"The text has more than {WordsMax} words.", Codes.TooMany);
    }
}
