using Ledger.Domain.Measurements;

namespace Ledger.Intake.Readers;

/// <summary>How many tests came out how, in the words that JUnit and TRX share.</summary>
internal sealed class TestTally
{
    private double _durationMs;
    private bool _hasDuration;
    private bool _durationUnknown;

    public long Passed { get; private set; }

    public long Failed { get; private set; }

    public long Errors { get; private set; }

    public long Skipped { get; private set; }

    public long Ran => Passed + Failed + Errors;

    public void Add(TestOutcome outcome)
    {
        switch (outcome)
        {
            case TestOutcome.Passed: Passed++; break;
            case TestOutcome.Failed: Failed++; break;
            case TestOutcome.Error: Errors++; break;
            case TestOutcome.Skipped: Skipped++; break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Adds a test's duration; null for one that is stated but cannot be read, which makes the sum unknown.</summary>
    public void AddDuration(double? milliseconds)
    {
        _hasDuration = true;
        if (milliseconds is { } known and >= 0 && double.IsFinite(known)) _durationMs += known;
        else _durationUnknown = true;
    }

    /// <summary>States the counts. Without a test that ran there is no rate, and nothing is proved.</summary>
    public void Report(Findings findings)
    {
        if (Ran == 0) findings.ProvesNothing(Skipped == 0 ? "the report has no test case" : "every test was skipped");
        var complete = findings.NotEvaluatedBecause is null;
        if (complete)
        {
            findings.Count("tests.total", Ran + Skipped);
            findings.Count("tests.passed", Passed);
            findings.Count("tests.failed", Failed);
            findings.Count("tests.errors", Errors);
            findings.Count("tests.skipped", Skipped);
            findings.Add("tests.pass_rate", (double)Passed / Ran, Unit.Ratio);
            if (_hasDuration && !_durationUnknown) findings.Add("tests.duration", Math.Round(_durationMs, 6), Unit.Milliseconds);
            return;
        }

        findings.AtLeast("tests.failed", Failed);
        findings.AtLeast("tests.errors", Errors);
        findings.AtLeast("tests.skipped", Skipped);
    }
}

/// <summary>How a test came out.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,
    Error,
    Skipped,
}
