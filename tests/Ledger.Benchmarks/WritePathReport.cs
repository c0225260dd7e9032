using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ledger.Benchmarks;

/// <summary>Prints what the write path measured of itself: where the time went.</summary>
internal sealed class WritePathReport : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, (double Sum, long Count)> _sums = new();

    public WritePathReport()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Ledger.Store") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.Start();
    }

    public void Print()
    {
        foreach (var (name, (sum, count)) in _sums.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Console.WriteLine($"{name}: {count} times, mean {sum / count:0.######}, sum {sum:0.###}");
    }

    public void Dispose() => _listener.Dispose();

    private void Add(string name, double value) => _sums.AddOrUpdate(name, (value, 1), (_, old) => (old.Sum + value, old.Count + 1));
}
