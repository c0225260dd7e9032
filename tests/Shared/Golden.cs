using System.Runtime.CompilerServices;

namespace Ledger.Testing;

/// <summary>
/// Compares text with a golden file beside the test. A difference is left as <c>NAME.received.EXT</c>, to be looked at and accepted by
/// hand, or for all of them at once with <c>UPDATE_GOLDEN=1</c>.
/// </summary>
internal static class Golden
{
    /// <summary>Fails when <paramref name="actual"/> is not what <c>NAME.verified.EXT</c> holds, line endings and the last one included.</summary>
    /// <param name="actual">The text.</param>
    /// <param name="name">A file name with its extension, without <c>.verified</c>.</param>
    /// <param name="testFile">The test's source file, filled in by the compiler.</param>
    public static void ShouldMatch(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var verified = Beside("verified");
        var received = Beside("received");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(verified, actual);

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (actual != expected)
        {
            File.WriteAllText(received, actual);
            actual.ShouldBe(expected, $"see {received}");
        }

        File.Delete(received);

        string Beside(string kind) => Path.Combine(
            Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(name)}.{kind}{Path.GetExtension(name)}");
    }
}
