using System.Runtime.CompilerServices;

namespace Ledger.Cli.Tests.Support;

/// <summary>Compares with <c>name.verified.txt</c> beside the test; a difference is left as <c>name.received.txt</c>.</summary>
internal static class Golden
{
    public static void ShouldMatch(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var folder = Path.GetDirectoryName(testFile)!;
        var (verified, received) = (Path.Combine(folder, $"{name}.verified.txt"), Path.Combine(folder, $"{name}.received.txt"));
        if (!File.Exists(verified) || File.ReadAllText(verified) != actual)
        {
            File.WriteAllText(received, actual);
            actual.ShouldBe(File.Exists(verified) ? File.ReadAllText(verified) : null, $"see {received}");
        }

        File.Delete(received);
    }
}
