using System.Globalization;

namespace Ledger.Benchmarks;

/// <summary>The processor time of PostgreSQL, all its processes together, from <c>/proc</c>; zero where there is none.</summary>
internal static class ServerCpu
{
    private const double TicksPerSecond = 100; // USER_HZ on every Linux there is

    /// <summary>What its living processes have used so far, in microseconds; those that ended do not count any more.</summary>
    public static double Microseconds()
    {
        if (!Directory.Exists("/proc/self")) return 0;
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                if (!stat.Contains("(postgres)", StringComparison.Ordinal)) continue;
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }
        }

        return ticks / TicksPerSecond * 1e6;
    }
}
