namespace Ledger.Domain.Deployments;

/// <summary>Decides which measurements are new, which count, and what they set off.</summary>
public static class MeasureDecision
{
    /// <summary>The most measurements in one command.</summary>
    public const int SamplesAtMost = 200;
}
