using Ledger.Exports.Controls.Demands;

namespace Ledger.Exports.Controls;

/// <summary>The controls that can be mapped to events.</summary>
public static class ControlCatalog
{
    /// <summary>All of them, by framework.</summary>
    public static IReadOnlyList<Control> All { get; } =
    [
        Of("CC8.1", "SOC 2", "Changes are authorised, tested, approved and documented; emergency changes too.",
            ChangeDemands.Recorded, ChangeDemands.Reason, ApprovalDemands.Decided, TestDemands.Tested, TestDemands.Attested, ApprovalDemands.Approved, TestDemands.Exceptions, ApprovalDemands.Emergency),

        Of("A.8.32", "ISO 27001:2022", "Changes go through change management: planned, assessed, tested, authorised, with a way back.",
            ChangeDemands.Recorded, ChangeDemands.Reason, ChangeDemands.Impact, TestDemands.Tested, TestDemands.Attested, ApprovalDemands.Approved, ApprovalDemands.Decided, TestDemands.WayBack, ApprovalDemands.Emergency),
        Of("A.8.15", "ISO 27001:2022", "Logs are kept and protected against change and loss.",
            TrailDemands.TimeStamped, TrailDemands.Attributed, TrailDemands.Protected, TrailDemands.Chained, TrailDemands.SecondSystem, TrailDemands.Alert),
        Of("A.5.3", "ISO 27001:2022", "Conflicting duties are separated.", DutyDemands.ApproverIsIndependent, DutyDemands.OnePersonOneRole, DutyDemands.DeveloperDoesNotDeploy),

        Of("6.5.1", "PCI DSS 4.0.1", "A change has its reason, its impact, approval by authorised people, tests, and a way back to a secure state.",
            ChangeDemands.Reason, ChangeDemands.Impact, ApprovalDemands.Approved, ApprovalDemands.Authorised, TestDemands.Tested, TestDemands.WayBack),
        Of("6.5.2", "PCI DSS 4.0.1", "After a significant change all requirements that it touches are confirmed to be met.",
            TestDemands.Tested, TestDemands.Attested, TestDemands.Exceptions, ChangeDemands.Closed),
        Of("10.3", "PCI DSS 4.0.1", "Audit logs are protected from destruction and unauthorised change.",
            TrailDemands.Protected, TrailDemands.Chained, TrailDemands.SecondSystem, TrailDemands.Alert),

        Of("CM-3", "NIST 800-53", "Changes are reviewed and approved before they are made, and kept on record.",
            ChangeDemands.Recorded, ApprovalDemands.Approved, ApprovalDemands.BeforeTheDecision, ApprovalDemands.Decided, TestDemands.Tested, ApprovalDemands.Emergency, ChangeDemands.Closed),
        Of("CM-5(1)", "NIST 800-53", "Access to change is enforced, and its use is recorded.", TrailDemands.Attributed, ApprovalDemands.Authorised, TrailDemands.AccessEnforced),
        Of("AC-5", "NIST 800-53", "Duties are separated.", DutyDemands.ApproverIsIndependent, DutyDemands.OnePersonOneRole, DutyDemands.DeveloperDoesNotDeploy),
        Of("AU-9(2)", "NIST 800-53", "The audit log is also kept on another system.", TrailDemands.SecondSystem),
        Of("AU-9(3)", "NIST 800-53", "The audit log is protected by cryptography, and tampering raises an alert.", TrailDemands.Protected, TrailDemands.Chained, TrailDemands.Alert),
        Of("AU-10", "NIST 800-53", "Who did what cannot be denied.", SignatureDemands.Bound, SignatureDemands.Keys, TrailDemands.Attributed, TrailDemands.Protected),

        Of("11.10(b)", "21 CFR", "Complete copies can be made, for people and in electronic form.", CopyDemands.Copies, CopyDemands.EveryEvent),
        Of("11.10(e)", "21 CFR", "A time-stamped trail by the computer, in which a change never hides what was there before.",
            TrailDemands.TimeStamped, TrailDemands.Attributed, TrailDemands.NothingHidden, TrailDemands.Chained, TrailDemands.Protected),
        Of("11.10(f)", "21 CFR", "The permitted order of steps is enforced.", ApprovalDemands.BeforeTheDecision, CopyDemands.Order),
        Of("11.10(g)", "21 CFR", "Only authorised people sign and act.", ApprovalDemands.Authorised, SignatureDemands.Keys, TrailDemands.AccessEnforced),
        Of("11.50", "21 CFR", "A signature shows the printed name, the time, and what it means.", SignatureDemands.Manifest),
        Of("11.70", "21 CFR", "A signature is bound to its record.", SignatureDemands.Bound),

        Of("SOX-ITGC", "SOX", "Changes are approved and tested, whoever develops does not deploy, and there is a complete population to sample from.",
            ApprovalDemands.Approved, ApprovalDemands.Decided, TestDemands.Tested, DutyDemands.ApproverIsIndependent, DutyDemands.DeveloperDoesNotDeploy, CopyDemands.Population),
        Of("9(4)(e)", "DORA", "Changes are recorded, tested, assessed, approved, carried out and verified in a controlled manner.",
            ChangeDemands.Recorded, TestDemands.Tested, ChangeDemands.Impact, ApprovalDemands.Approved, ApprovalDemands.Decided, ChangeDemands.Closed),
        Of("Art.17", "RTS 2024/1774", "Approval is independent of request and implementation, fall-back is prepared, emergency changes are approved afterwards by a deadline.",
            DutyDemands.ApproverIsIndependent, DutyDemands.DeveloperDoesNotDeploy, TestDemands.Tested, TestDemands.WayBack, CopyDemands.FallBack, ApprovalDemands.Emergency, ChangeDemands.Closed),
    ];

    /// <summary>The control of that name: its id, or framework and id; case, spaces, dots and hyphens do not matter. Null where it is not known.</summary>
    public static Control? Find(string name)
    {
        var wanted = Key(name);
        return All.FirstOrDefault(control => wanted == Key(control.Id) || wanted == Key(control.Framework + control.Id)
            || wanted == Key(control.Framework.Split(' ', ':')[0] + control.Id) || wanted == Key(control.Framework.Split(':')[0] + control.Id));
    }

    private static Control Of(string id, string framework, string asksFor, params Demand[] demands) => new(id, framework, asksFor) { Demands = demands };

    private static string Key(string name) => string.Concat(name.Where(c => c is not (' ' or '.' or '-' or ':'))).ToUpperInvariant();
}
