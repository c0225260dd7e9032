namespace Ledger.Domain.Deployments;

/// <summary>How near a rollback rule is to firing.</summary>
public enum RuleProgress
{
    /// <summary>Nobody can tell: what it looks at is not measured, not any more, or its baseline is missing. That is not quiet.</summary>
    NotEvaluated,

    /// <summary>What it looks at is measured, and its condition does not hold.</summary>
    Quiet,

    /// <summary>Its condition holds, and not yet for long or often enough.</summary>
    Building,

    /// <summary>It fired in this attempt.</summary>
    Fired,
}
