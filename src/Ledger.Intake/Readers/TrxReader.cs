using System.Globalization;
using System.Xml;

namespace Ledger.Intake.Readers;

/// <summary>
/// Visual Studio test results (namespace <c>http://microsoft.com/schemas/VisualStudio/TeamTest/2010</c>), as <c>dotnet test --logger trx</c> writes them.
/// A data-driven test counts once, by its own outcome, not by its rows.
/// </summary>
/// <remarks>
/// The run has an outcome of its own: a crashed test host leaves passed tests behind and a failed run. Such a report proves nothing.
/// </remarks>
internal sealed class TrxReader : XmlToolReader
{
    private const string TeamTest = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public override string Tool => "trx";

    public override bool Recognises(XmlRoot root) => root is { LocalName: "TestRun", Namespace: TeamTest };

    public override void Read(XmlReader reader, Findings findings)
    {
        var tally = new TestTally();
        string? runOutcome = null;
        long statedFailures = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            switch (reader.LocalName)
            {
                // The children of Results; rows stand deeper, under InnerResults.
                case "UnitTestResult" or "TestResult" or "GenericTestResult" or "TestResultAggregation" when reader.Depth == 2:
                    AddResult(reader, tally, findings);
                    break;
                case "ResultSummary":
                    runOutcome = reader.GetAttribute("outcome");
                    break;
                case "Counters":
                    statedFailures = Counter(reader, "failed") + Counter(reader, "error") + Counter(reader, "timeout") + Counter(reader, "aborted");
                    break;
                case "RunInfo" when reader.GetAttribute("outcome") is "Error" or "Failed" or "Aborted":
                    findings.ProvesNothing("the test run reports an error of its own");
                    break;
            }
        }

        if (runOutcome is not (null or "Completed" or "Passed" or "Failed" or "Warning")) findings.ProvesNothing("the test run did not complete");
        if (tally.Failed + tally.Errors == 0 && (runOutcome == "Failed" || statedFailures > 0)) findings.ProvesNothing("the test run failed though no listed test did");
        tally.Report(findings);
    }

    private static void AddResult(XmlReader result, TestTally tally, Findings findings)
    {
        switch (result.GetAttribute("outcome"))
        {
            case "Passed":
                tally.Add(TestOutcome.Passed);
                break;
            case "Failed":
                tally.Add(TestOutcome.Failed);
                break;
            case "NotExecuted" or "Inconclusive":
                tally.Add(TestOutcome.Skipped);
                break;
            case null or "Error" or "Timeout" or "Aborted" or "NotRunnable" or "PassedButRunAborted" or "Disconnected" or "Warning" or "Completed" or "InProgress" or "Pending":
                tally.Add(TestOutcome.Error);
                break;
            default:
                findings.WrongShape("outcome", "a test outcome");
                break;
        }

        if (result.GetAttribute("duration") is { } duration)
            tally.AddDuration(TimeSpan.TryParse(duration, CultureInfo.InvariantCulture, out var time) ? time.TotalMilliseconds : null);
    }

    private static long Counter(XmlReader counters, string name) =>
        long.TryParse(counters.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
