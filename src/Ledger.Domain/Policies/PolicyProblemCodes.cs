namespace Ledger.Domain.Policies;

/// <summary>The codes of <see cref="PolicyProblem"/>: stable, for programs to act on.</summary>
public static class PolicyProblemCodes
{
    // Bytes and shape.

    /// <summary>The document holds nothing.</summary>
    public const string Empty = "empty_document";

    /// <summary>The document has more bytes, or the policy more parts or longer texts, than are accepted.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The document is not JSON or YAML.</summary>
    public const string Syntax = "syntax_error";

    /// <summary>The document is nested too deeply.</summary>
    public const string TooDeep = "too_deep";

    /// <summary>A mapping names a member twice.</summary>
    public const string DuplicateKey = "duplicate_key";

    /// <summary>The document uses a part of YAML that is not accepted: anchors, aliases, tags, merge keys, several documents.</summary>
    public const string UnsupportedYaml = "unsupported_yaml";

    /// <summary>A member that no policy has.</summary>
    public const string UnknownMember = "unknown_member";

    /// <summary>A member that has to be there is not.</summary>
    public const string MissingMember = "missing_member";

    /// <summary>A value of another type than the member takes.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>A value of the right type that the member does not take.</summary>
    public const string InvalidValue = "invalid_value";

    // Names.

    /// <summary>A name that breaks the alphabet or the length of names.</summary>
    public const string InvalidName = "invalid_name";

    /// <summary>Two things that share a namespace have one name.</summary>
    public const string DuplicateName = "duplicate_name";

    /// <summary>A telephone number or an e-mail address among the contacts.</summary>
    public const string PersonalData = "personal_data";

    // Gates and NO-GO conditions.

    /// <summary>A tool whose reports cannot be read.</summary>
    public const string UnknownTool = "unknown_tool";

    /// <summary>A metric that the tool's reports do not hold.</summary>
    public const string UnknownMetric = "unknown_metric";

    /// <summary>A threshold in a unit that the metric is not measured in.</summary>
    public const string UnitMismatch = "unit_mismatch";

    /// <summary>Criteria that no measurement can meet together, or one that none can meet at all.</summary>
    public const string Contradiction = "contradictory_criteria";

    /// <summary>Warning: a criterion that every measurement meets.</summary>
    public const string AlwaysHolds = "criterion_always_holds";

    /// <summary>A gate that nothing could pass, since it asks for nothing that fits its kind.</summary>
    public const string NothingToPass = "nothing_to_pass";

    /// <summary>A policy that lets everything go: no required gate, no NO-GO condition, no sign-off.</summary>
    public const string NothingRequired = "nothing_required";

    /// <summary>A NO-GO condition that is present whatever is measured, or whenever the gates pass.</summary>
    public const string NoGoAlwaysPresent = "no_go_always_present";

    /// <summary>A NO-GO condition over a tool that no gate asks for: it could never be evaluated.</summary>
    public const string NoGoNeverEvaluated = "no_go_never_evaluated";

    // People.

    /// <summary>A role that the policy does not declare.</summary>
    public const string UnknownRole = "unknown_role";

    /// <summary>A role that is needed and that nobody may hold.</summary>
    public const string NobodyMayHold = "nobody_may_hold";

    /// <summary>A quorum below 1 or above the number of roles.</summary>
    public const string Quorum = "quorum_out_of_range";

    /// <summary>The named people are too few for everything that distinct people have to do.</summary>
    public const string TooFewPeople = "too_few_people";

    // Deployment, watching, taking back.

    /// <summary>A weight that does not follow from the steps before it, or a last one that is not 100 %.</summary>
    public const string StepUnreachable = "step_unreachable";

    /// <summary>A duration, deadline or limit outside what makes sense.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A name that should be declared elsewhere in the policy and is not.</summary>
    public const string UnknownReference = "unknown_reference";

    /// <summary>A rollback rule over a metric that nothing supplies.</summary>
    public const string MetricNotSupplied = "metric_not_supplied";

    /// <summary>A rule whose span is too short to hold the measurements it needs.</summary>
    public const string WindowTooShort = "window_too_short";

    /// <summary>An emergency path without the deadline for its approvals.</summary>
    public const string DeadlineMissing = "deadline_missing";
}
