namespace Ledger.Cli;

/// <summary>What a command's exit code says. Scripts rest on it: the numbers never change.</summary>
internal static class ExitCode
{
    /// <summary>Done; for a question, yes.</summary>
    public const int Done = 0;

    /// <summary>Refused; for a question, no.</summary>
    public const int Refused = 1;

    /// <summary>The command was typed wrong, or names a file that is not there.</summary>
    public const int Usage = 2;

    /// <summary>It cannot be known: nobody answered, or the answer cannot be believed.</summary>
    public const int Unknown = 3;
}
