namespace Ledger.Verifier.Events;

/// <summary>Whether events are one stream from its beginning, without a gap.</summary>
internal static class StreamOrder
{
    /// <summary>What is wrong with it; null when each event is the next one of <paramref name="stream"/> and names the one before by its leaf hash.</summary>
    public static string? Check(string stream, IReadOnlyList<LoggedEvent> events)
    {
        LoggedEvent? last = null;
        foreach (var next in events)
        {
            if (next.Stream != stream) return $"the event at sequence {next.Sequence} is of '{next.Stream}', not of '{stream}'";
            if (next.Version != (last?.Version ?? 0) + 1) return $"version {next.Version} of '{stream}' at sequence {next.Sequence} does not follow version {last?.Version ?? 0}";
            if (next.Prev != last?.LeafHash) return $"version {next.Version} of '{stream}' at sequence {next.Sequence} does not name the event before it";
            if (next.Sequence <= (last?.Sequence ?? 0)) return $"version {next.Version} of '{stream}' at sequence {next.Sequence} comes before version {last!.Version} in the log";
            if (next.At < last?.At) return $"version {next.Version} of '{stream}' at sequence {next.Sequence} is of a time before version {last.Version}";
            last = next;
        }

        return null;
    }
}
