using System.Globalization;
using System.Xml;

namespace Ledger.Intake.Readers;

/// <summary>
/// JUnit XML, which has no standard but many writers (https://github.com/testmoapp/junitxml describes what is common). Only <c>testcase</c>
/// elements and their children count: the suites' count attributes may be absent or wrong.
/// </summary>
/// <remarks>
/// A failure or error of a suite outside any test case, e.g. of its set-up, counts as an error. A test case without children can still say
/// in an attribute that it did not run (GoogleTest's <c>status="notrun"</c>) or failed.
/// </remarks>
internal sealed class JUnitReader : XmlToolReader
{
    public override string Tool => "junit";

    public override bool Recognises(XmlRoot root) => root.LocalName is "testsuites" or "testsuite";

    public override void Read(XmlReader reader, Findings findings)
    {
        var tally = new TestTally();
        var testDepth = -1;
        TestOutcome outcome = default;
        do
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == testDepth)
            {
                tally.Add(outcome);
                testDepth = -1;
            }

            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "testcase" && testDepth < 0)
            {
                outcome = OutcomeByAttribute(reader);
                if (reader.GetAttribute("time") is { } time) tally.AddDuration(Milliseconds(time));
                if (reader.IsEmptyElement) tally.Add(outcome);
                else testDepth = reader.Depth;
            }
            else if (testDepth < 0)
            {
                if (reader.LocalName is "failure" or "error") tally.Add(TestOutcome.Error);
            }
            else if (reader.Depth == testDepth + 1)
            {
                outcome = Worse(outcome, reader.LocalName);
            }
        }
        while (reader.Read());

        tally.Report(findings);
    }

    private static TestOutcome OutcomeByAttribute(XmlReader testCase)
    {
        var said = (testCase.GetAttribute("status") + " " + testCase.GetAttribute("result")).ToLowerInvariant();
        if (said.Contains("fail", StringComparison.Ordinal)) return TestOutcome.Failed;
        if (said.Contains("error", StringComparison.Ordinal)) return TestOutcome.Error;
        return said.Contains("notrun", StringComparison.Ordinal) || said.Contains("skipped", StringComparison.Ordinal)
            || said.Contains("disabled", StringComparison.Ordinal) || said.Contains("suppressed", StringComparison.Ordinal) ? TestOutcome.Skipped : TestOutcome.Passed;
    }

    // An error weighs more than a failure, which weighs more than a skip.
    private static TestOutcome Worse(TestOutcome outcome, string child) => child switch
    {
        "error" => TestOutcome.Error,
        "failure" when outcome != TestOutcome.Error => TestOutcome.Failed,
        "skipped" when outcome == TestOutcome.Passed => TestOutcome.Skipped,
        _ => outcome,
    };

    // Seconds. A comma would be a thousands separator to some writers and a decimal point to others, so it is not read at all.
    private static double? Milliseconds(string seconds) =>
        double.TryParse(seconds, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ? value * 1000 : null;
}
