using System.Runtime.CompilerServices;

namespace Ledger.Integrity.Tests;

/// <summary>Compares with <c>name.verified.*</c> beside the test; a difference is left as <c>name.received.*</c>.</summary>
internal static class Golden
{
    public static void ShouldMatch(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        var folder = Path.GetDirectoryName(testFile)!;
        var verified = Path.Combine(folder, $"{stem}.verified{extension}");
        var received = Path.Combine(folder, $"{stem}.received{extension}");
        if (!File.Exists(verified) || File.ReadAllText(verified) != actual)
        {
            File.WriteAllText(received, actual);
            actual.ShouldBe(File.Exists(verified) ? File.ReadAllText(verified) : null, $"see {received}");
        }

        File.Delete(received);
    }
}
