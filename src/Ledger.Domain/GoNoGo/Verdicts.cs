using System.Diagnostics;

namespace Ledger.Domain.GoNoGo;

/// <summary>The names of verdicts, as they are written everywhere.</summary>
public static class Verdicts
{
    /// <summary>PENDING, GO or NO_GO.</summary>
    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Pending => "PENDING",
        Verdict.Go => "GO",
        Verdict.NoGo => "NO_GO",
        _ => throw new UnreachableException(),
    };
}
