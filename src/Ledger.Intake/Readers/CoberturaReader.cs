using System.Globalization;
using System.Xml;
using Ledger.Domain.Measurements;

namespace Ledger.Intake.Readers;

/// <summary>
/// Cobertura's coverage report (http://cobertura.sourceforge.net/xml/coverage-04.dtd, never fetched), as coverage.py, coverlet, gcovr and others write it.
/// </summary>
/// <remarks>
/// The rate is computed from the counts where they are stated, because writers round theirs; counts and a rate that contradict each other
/// prove nothing. Of no line at all, some writers say the rate is 0, some 1, some NaN: then nothing was covered and nothing is proved.
/// </remarks>
internal sealed class CoberturaReader : XmlToolReader
{
    // Half of the last of two decimals, the coarsest rounding in use, and then some for the double.
    private const double RoundingTolerance = 0.0051;

    public override string Tool => "cobertura";

    public override bool Recognises(XmlRoot root) => root.LocalName == "coverage" && root.Attributes.Contains("line-rate");

    public override void Read(XmlReader reader, Findings findings)
    {
        var lines = Part.Of(reader, "line-rate", "lines-covered", "lines-valid");
        var branches = Part.Of(reader, "branch-rate", "branches-covered", "branches-valid");
        var (hasLines, hasBranches) = (false, false);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "line") continue;
            hasLines = true;
            hasBranches |= reader.GetAttribute("branch") is "true" or "True";
        }

        if (!lines.Report(findings, "line", "lines", hasLines)) findings.ProvesNothing("no line of code was measured");
        branches.Report(findings, "branch", "branches", hasBranches);
    }

    private readonly record struct Part(double? Rate, long? Covered, long? Valid, bool IsReadable)
    {
        public static Part Of(XmlReader root, string rate, string covered, string valid)
        {
            var isReadable = true;
            double? Number(string name)
            {
                if (root.GetAttribute(name) is not { } text) return null;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
                isReadable = false;
                return null;
            }

            long? Count(string name)
            {
                if (Number(name) is not { } number) return null;
                if (number is >= 0 and <= 1L << 53 && double.IsInteger(number)) return (long)number;
                isReadable = false;
                return null;
            }

            return new Part(Number(rate), Count(covered), Count(valid), isReadable);
        }

        /// <summary>States the rate and its counts. False when nothing was there to cover.</summary>
        public bool Report(Findings findings, string kind, string plural, bool isListed)
        {
            if (!IsReadable || Covered > Valid || (Rate is { } rate && !double.IsNaN(rate) && rate is < 0 or > 1)) findings.WrongShape($"{kind}-rate", "a coverage");
            if (Covered is { } covered && Valid is { } valid)
            {
                if (valid == 0) return false;
                findings.Count($"{plural}.covered", covered);
                findings.Count($"{plural}.valid", valid);
                var exact = (double)covered / valid;
                if (Rate is { } stated && !(Math.Abs(stated - exact) <= RoundingTolerance)) findings.ProvesNothing($"the {kind} rate contradicts its own counts");
                else findings.Add($"coverage.{kind}", exact, Unit.Ratio);
                return true;
            }

            if (Rate is not { } alone || double.IsNaN(alone) || !isListed) return false;
            findings.Add($"coverage.{kind}", alone, Unit.Ratio);
            return true;
        }
    }
}
