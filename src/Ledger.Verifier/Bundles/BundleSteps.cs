namespace Ledger.Verifier.Bundles;

/// <summary>The steps that were taken. The first one that fails is the last: what would rest on it is not evaluated.</summary>
internal sealed class BundleSteps
{
    private readonly List<BundleStep> _steps = [];

    public bool Failed => _steps.Exists(step => step.IsFault);

    public IReadOnlyList<BundleStep> Taken => _steps;

    /// <summary>Takes a step whose answer is null when it passed.</summary>
    public bool Take(BundleCheck check, string passed, Func<Fault?> step)
    {
        if (Failed) return false;
        var fault = step();
        _steps.Add(fault is null
            ? new BundleStep(check, CheckOutcome.Passed, true, passed)
            : new BundleStep(check, fault.CannotTell ? CheckOutcome.NotEvaluated : CheckOutcome.Failed, true, fault.Detail, fault.File, fault.Where));
        return fault is null;
    }

    /// <summary>Notes what could not be looked at, and need not be.</summary>
    public void Skip(BundleCheck check, string detail)
    {
        if (!Failed) _steps.Add(new BundleStep(check, CheckOutcome.NotEvaluated, false, detail));
    }

    /// <summary>The steps taken, and those of <paramref name="all"/> that were not reached.</summary>
    public IReadOnlyList<BundleStep> Complete(IEnumerable<BundleCheck> all)
    {
        var first = _steps.Find(step => step.IsFault);
        return
        [
            .. _steps,
            .. all.Where(check => !_steps.Exists(step => step.Name == check))
                .Select(check => new BundleStep(check, CheckOutcome.NotEvaluated, true, first is null ? "it was not looked at" : "it rests on what failed before")),
        ];
    }
}

/// <summary>What is wrong, and where.</summary>
/// <param name="Detail">What is wrong.</param>
/// <param name="File">The file.</param>
/// <param name="Where">The place in it.</param>
/// <param name="CannotTell">Whether it could merely not be looked at.</param>
internal sealed record Fault(string Detail, string? File = null, string? Where = null, bool CannotTell = false);
