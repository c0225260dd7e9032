namespace Ledger.Domain.Log;

/// <summary>
/// A ledger whose times are given: to replay what happened elsewhere, and to try things out. Its origin says so, which is in every
/// checkpoint, sign-off and bundle, so that it never passes for a real ledger.
/// </summary>
public static class Sandbox
{
    /// <summary>What a sandbox's origin begins with, and no other.</summary>
    public const string Prefix = "sandbox.";

    /// <summary>When the log of every sandbox begins, so that its clock can be held at any time after.</summary>
    public static DateTimeOffset Beginning => DateTimeOffset.UnixEpoch;

    /// <summary>The latest time that a sandbox's clock is held at: deadlines are counted from it, and must still be times.</summary>
    public static DateTimeOffset End { get; } = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether <paramref name="origin"/> is a sandbox's.</summary>
    public static bool IsOrigin(string origin) => origin.StartsWith(Prefix, StringComparison.Ordinal);
}
