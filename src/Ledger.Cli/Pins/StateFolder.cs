namespace Ledger.Cli.Pins;

/// <summary>
/// Where the tool remembers things from one command to the next: <c>LEDGER_STATE</c>, else <c>ledger</c> in <c>XDG_STATE_HOME</c>, else in
/// <c>~/.local/state</c> (XDG Base Directory Specification, "Environment variables"). Not in the ledger's own data folder: what is restored from a
/// backup together with the log says nothing about the log.
/// </summary>
internal static class StateFolder
{
    /// <summary>The folder's full path, whether it is there yet or not; null when there is no home to have it in.</summary>
    public static string? Find(Surroundings here)
    {
        if (here.Variable("LEDGER_STATE") is { } named) return here.Resolve(named);
        if (here.Variable("XDG_STATE_HOME") is { } state && Path.IsPathFullyQualified(state)) return Path.Combine(state, "ledger");
        return here.Variable("HOME") is { } home && Path.IsPathFullyQualified(home) ? Path.Combine(home, ".local", "state", "ledger") : null;
    }
}
