using Ledger.Domain.Rollbacks;
using Ledger.Integrity;
using Ledger.Store.Append;

namespace Ledger.Store.Log.Audit;

/// <summary>The end of a stream as its events make it.</summary>
internal sealed class AuditedStream
{
    public Aggregate? Aggregate { get; set; }

    public long Version { get; set; }

    public Hash? Last { get; set; }

    public object? State { get; set; }

    /// <summary>Finds rollback triggers that its measurements do not come to.</summary>
    public AwaitedTriggers Triggers { get; } = new();

    /// <summary>What its events let it be found by, each with the sequence of the first that does.</summary>
    public Dictionary<(string Kind, string Value), long> Terms { get; } = [];

    /// <summary>An event of it is not what it must be, so its state says nothing.</summary>
    public bool IsBroken { get; set; }

    /// <summary>An event of the commit that is being read belongs to it.</summary>
    public bool IsTouched { get; set; }

    public bool IsTimeKnown { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    /// <summary>Its row was seen.</summary>
    public bool IsStored { get; set; }

    /// <summary>Its release's row was seen.</summary>
    public bool IsProjected { get; set; }

    /// <summary>The row of its deployment was seen.</summary>
    public bool IsDeploymentProjected { get; set; }

    /// <summary>How many of its gates' rows were seen.</summary>
    public int GatesProjected { get; set; }
}
