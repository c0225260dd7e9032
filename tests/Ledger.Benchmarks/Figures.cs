using System.Globalization;

namespace Ledger.Benchmarks;

/// <summary>Prints figures, each on a line of its own that a program can find.</summary>
internal static class Figures
{
    public static void Figure(string name, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure {name} {value:0.###} {unit}"));

    public static void Ratio(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {name} {value:0.##}"));

    public static double Median<T>(IEnumerable<T> results, Func<T, double> of)
    {
        var sorted = results.Select(of).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
