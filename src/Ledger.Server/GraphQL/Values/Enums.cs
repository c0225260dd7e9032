using Ledger.Domain.Actors;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.GraphQL.Types;
using Ledger.Store.Releases;
using Ledger.Verifier;
using Ledger.Verifier.Chains;

namespace Ledger.Server.GraphQL.Values;

/// <summary>The enums of the schema that stand for enums of the ledger.</summary>
internal static class Enums
{
    public static EnumType<Verdict> Verdict { get; } = new EnumType<Verdict>("Verdict") { Description = "Whether a release may go." }
        .Value("PENDING", Domain.GoNoGo.Verdict.Pending, "Something is not known yet.")
        .Value("GO", Domain.GoNoGo.Verdict.Go, "Everything that is required is known and holds.")
        .Value("NO_GO", Domain.GoNoGo.Verdict.NoGo, "Something forbids it.");

    public static EnumType<GateOutcome> GateOutcome { get; } = new EnumType<GateOutcome>("GateOutcome") { Description = "Where a gate stands." }
        .Value("PASSED", Domain.GoNoGo.GateOutcome.Passed, "Everything it asks for is known and holds.")
        .Value("FAILED", Domain.GoNoGo.GateOutcome.Failed, "Something it asks for does not hold.")
        .Value("NOT_EVALUATED", Domain.GoNoGo.GateOutcome.NotEvaluated, "What came in does not tell.")
        .Value("WAIVED", Domain.GoNoGo.GateOutcome.Waived, "It did not pass, and somebody answers for going without it.")
        .Value("PENDING", Domain.GoNoGo.GateOutcome.Pending, "Something it asks for has not come in.");

    public static EnumType<ConditionOutcome> ConditionOutcome { get; } = new EnumType<ConditionOutcome>("ConditionOutcome") { Description = "Where a NO-GO condition stands." }
        .Value("ABSENT", Domain.GoNoGo.ConditionOutcome.Absent, "It was looked for and is not there.")
        .Value("PRESENT", Domain.GoNoGo.ConditionOutcome.Present, "It is there: NO_GO.")
        .Value("NOT_EVALUATED", Domain.GoNoGo.ConditionOutcome.NotEvaluated, "Nobody knows yet.");

    public static EnumType<Outcome> Outcome { get; } = new EnumType<Outcome>("Outcome") { Description = "What one criterion, check or report came to. NOT_EVALUATED is never PASSED." }
        .Value("NOT_EVALUATED", Domain.Releases.Outcome.NotEvaluated, "What came in does not tell.")
        .Value("PASSED", Domain.Releases.Outcome.Passed, "It was looked at and holds.")
        .Value("FAILED", Domain.Releases.Outcome.Failed, "It was looked at and does not hold.");

    public static EnumType<GateKind> GateKind { get; } = new EnumType<GateKind>("GateKind") { Description = "What makes a gate pass." }
        .Value("REPORT", Domain.Policies.GateKind.Report, "Criteria over the measurements in tools' reports.")
        .Value("ATTESTATION", Domain.Policies.GateKind.Attestation, "A fact that a person attests.");

    public static EnumType<Risk> Risk { get; } = new EnumType<Risk>("Risk") { Description = "How risky the people who open a release hold it to be." }
        .Value("LOW", Domain.Releases.Risk.Low, "Low.")
        .Value("MEDIUM", Domain.Releases.Risk.Medium, "Medium.")
        .Value("HIGH", Domain.Releases.Risk.High, "High.");

    public static EnumType<CloseOutcome> CloseOutcome { get; } = new EnumType<CloseOutcome>("CloseOutcome") { Description = "How a release ended." }
        .Value("SUCCEEDED", Domain.Releases.CloseOutcome.Succeeded, "Deployed as planned, and kept.")
        .Value("ROLLED_BACK", Domain.Releases.CloseOutcome.RolledBack, "Deployed and taken back.")
        .Value("FAILED", Domain.Releases.CloseOutcome.Failed, "Deployed, and neither kept as planned nor cleanly taken back.")
        .Value("ABANDONED", Domain.Releases.CloseOutcome.Abandoned, "Never deployed.");

    public static EnumType<SignOffChoice> SignOffChoice { get; } = new EnumType<SignOffChoice>("SignOffChoice") { Description = "What a signer says to a release." }
        .Value("APPROVE", Domain.SignOffs.SignOffChoice.Approve, "Yes.")
        .Value("REJECT", Domain.SignOffs.SignOffChoice.Reject, "No: the release does not go while this stands.");

    public static EnumType<ChainState> ChainState { get; } = new EnumType<ChainState>("SignOffState") { Description = "How far a release's sign-offs are, by its events. Whether the signatures are right is the verification's to say." }
        .Value("COMPLETE", Domain.SignOffs.ChainState.Complete, "Every stage has its quorum, over the release as it is.")
        .Value("INCOMPLETE", Domain.SignOffs.ChainState.Incomplete, "Sign-offs are still to come.")
        .Value("STALE", Domain.SignOffs.ChainState.Stale, "A gate changed after somebody signed, and they have not signed again.")
        .Value("REJECTED", Domain.SignOffs.ChainState.Rejected, "Somebody said no, and it stands.");

    public static EnumType<ChainStatus> ChainStatus { get; } = new EnumType<ChainStatus>("ChainStatus") { Description = "What verifying a sign-off chain came to. Only VALID is good." }
        .Value("INVALID", Verifier.Chains.ChainStatus.Invalid, "A check of a link failed, or could not be made.")
        .Value("INCOMPLETE", Verifier.Chains.ChainStatus.Incomplete, "Sign-offs are still to come, or somebody said no.")
        .Value("STALE", Verifier.Chains.ChainStatus.Stale, "A gate changed after somebody signed, and they have not signed again.")
        .Value("VALID", Verifier.Chains.ChainStatus.Valid, "Every stage has its quorum and every check of every link passed; or the policy asks for no sign-offs, and there are none.");

    public static EnumType<LinkState> LinkState { get; } = new EnumType<LinkState>("LinkState") { Description = "Whether a sign-off counts." }
        .Value("COUNTS", Verifier.Chains.LinkState.Counts, "It stands, over the release as it is.")
        .Value("STALE", Verifier.Chains.LinkState.Stale, "A gate changed after it.")
        .Value("WITHDRAWN", Verifier.Chains.LinkState.Withdrawn, "It was taken back.");

    public static EnumType<LinkCheck> LinkCheck { get; } = new EnumType<LinkCheck>("LinkCheckName") { Description = "What is checked of a link." }
        .Value("SIGNATURE", Verifier.Chains.LinkCheck.Signature, "The signer's key signed the statement.")
        .Value("KEY_VALIDITY", Verifier.Chains.LinkCheck.KeyValidity, "The key was the signer's and in use, by its place in the log.")
        .Value("ROLE", Verifier.Chains.LinkCheck.Role, "The signer held the role.")
        .Value("ORDER", Verifier.Chains.LinkCheck.Order, "The stage took this role's sign-off then.")
        .Value("PREVIOUS_LINK", Verifier.Chains.LinkCheck.PreviousLink, "It follows the sign-off before it, and the release's newest event then.")
        .Value("FRESHNESS", Verifier.Chains.LinkCheck.Freshness, "No gate changed after it.")
        .Value("INCLUSION", Verifier.Chains.LinkCheck.Inclusion, "The sign-off, its signer's events and the policy are in the log.")
        .Value("STATEMENT", Verifier.Chains.LinkCheck.Statement, "The statement is one, is about this release in this ledger, and says what the event says.")
        .Value("GO_NO_GO", Verifier.Chains.LinkCheck.GoNoGo, "The go/no-go that was signed is what the events came to.")
        .Value("SEPARATION_OF_DUTIES", Verifier.Chains.LinkCheck.SeparationOfDuties, "The signer held no duty that the policy keeps apart.")
        .Value("WITHDRAWAL", Verifier.Chains.LinkCheck.Withdrawal, "A rejection that was taken back was taken back by its signer.");

    public static EnumType<CheckOutcome> CheckOutcome { get; } = new EnumType<CheckOutcome>("CheckOutcome") { Description = "What came of a check. Only PASSED is good." }
        .Value("NOT_EVALUATED", Verifier.CheckOutcome.NotEvaluated, "What was to be looked at is not there, or rests on something that failed.")
        .Value("PASSED", Verifier.CheckOutcome.Passed, "It was looked at, and holds.")
        .Value("FAILED", Verifier.CheckOutcome.Failed, "It was looked at, and does not hold.");

    public static EnumType<Role> Role { get; } = new EnumType<Role>("ActorRole") { Description = "What somebody acts as." }
        .Value("CI", Domain.Actors.Role.Ci, "A pipeline: reports gates.")
        .Value("RELEASE_MANAGER", Domain.Actors.Role.ReleaseManager, "Opens releases, attests, waives, decides and closes.")
        .Value("SIGNER", Domain.Actors.Role.Signer, "Attests and signs.")
        .Value("AUDITOR", Domain.Actors.Role.Auditor, "Reads everything, appends nothing.")
        .Value("COMPLIANCE", Domain.Actors.Role.Compliance, "Publishes policies, enrols signers, reads and exports.")
        .Value("ADMIN", Domain.Actors.Role.Admin, "Runs the ledger.");

    public static EnumType<Unit> Unit { get; } = new EnumType<Unit>("Unit") { Description = "What a measurement is measured in." }
        .Value("COUNT", Domain.Measurements.Unit.Count, "A plain number.")
        .Value("RATIO", Domain.Measurements.Unit.Ratio, "A fraction, 0 to 1 where it is a share.")
        .Value("MILLISECONDS", Domain.Measurements.Unit.Milliseconds, "A duration.")
        .Value("BYTES", Domain.Measurements.Unit.Bytes, "A size.")
        .Value("PER_SECOND", Domain.Measurements.Unit.PerSecond, "A rate.")
        .Value("US_DOLLARS", Domain.Measurements.Unit.UsDollars, "An amount of money.")
        .Value("BOOLEAN", Domain.Measurements.Unit.Boolean, "Yes (1) or no (0).");

    public static EnumType<Comparator> Comparator { get; } = new EnumType<Comparator>("Comparator") { Description = "How a measurement is compared with a threshold." }
        .Value("LESS", Domain.Measurements.Comparator.Less, "Less than.")
        .Value("LESS_OR_EQUAL", Domain.Measurements.Comparator.LessOrEqual, "Less than or equal.")
        .Value("GREATER", Domain.Measurements.Comparator.Greater, "Greater than.")
        .Value("GREATER_OR_EQUAL", Domain.Measurements.Comparator.GreaterOrEqual, "Greater than or equal.")
        .Value("EQUAL", Domain.Measurements.Comparator.Equal, "Equal, exactly.")
        .Value("NOT_EQUAL", Domain.Measurements.Comparator.NotEqual, "Not equal.");

    public static EnumType<ReleaseOrder> ReleaseOrder { get; } = new EnumType<ReleaseOrder>("ReleaseOrderField") { Description = "What releases are ordered by." }
        .Value("OPENED_AT", Store.Releases.ReleaseOrder.Opened, "When they were opened.")
        .Value("NAME", Store.Releases.ReleaseOrder.Name, "Their name, `service/version`, byte by byte.")
        .Value("DECIDED_AT", Store.Releases.ReleaseOrder.Decided, "When their newest decision was recorded. Those without one come last, whichever end comes first, ordered among themselves as they were opened.")
        .Value("CLOSED_AT", Store.Releases.ReleaseOrder.Closed, "When they ended. Those that did not come last, whichever end comes first, ordered among themselves as they were opened.")
        .Value("LAST_CHANGED", Store.Releases.ReleaseOrder.Changed, "When their newest event was appended.");

    public static EnumType<Direction> Direction { get; } = new EnumType<Direction>("OrderDirection") { Description = "Which end comes first." }
        .Value("ASC", Values.Direction.Ascending, "The smallest, or the oldest.")
        .Value("DESC", Values.Direction.Descending, "The greatest, or the newest.");
}

/// <summary>Which end of a list comes first.</summary>
internal enum Direction
{
    Ascending,
    Descending,
}
