namespace Ledger.Cli.Server;

/// <summary>
/// The data folder of a ledger on this machine: <c>LEDGER_DATA</c>, else <c>.ledger</c> in the current folder or one above it, else the
/// <c>.ledger</c> whose <c>bin</c> this program lies in.
/// </summary>
internal static class DataFolder
{
    private const string FolderName = ".ledger";

    /// <summary>The folder's full path; null when there is none.</summary>
    public static string? Find(Surroundings here)
    {
        if (here.Variable("LEDGER_DATA") is { } named) return here.Resolve(named);
        for (var folder = here.CurrentFolder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, FolderName);
            if (Directory.Exists(candidate)) return candidate;
        }

        var programs = Path.TrimEndingDirectorySeparator(here.ProgramFolder);
        return Path.GetFileName(programs) == "bin" && Path.GetDirectoryName(programs) is { } home && Path.GetFileName(home) == FolderName ? home : null;
    }
}
