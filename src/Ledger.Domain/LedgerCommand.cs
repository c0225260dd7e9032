namespace Ledger.Domain;

/// <summary>Something that somebody wants to happen. Each aggregate has a closed hierarchy of its own below this.</summary>
public abstract record LedgerCommand
{
    private protected LedgerCommand() { }

    /// <summary>The stream that the command's events go to.</summary>
    public string StreamKey => Stream;

    internal abstract string Stream { get; }

    /// <summary>What it asks for, after "may not"; each command says its own, which is also what closes the hierarchies.</summary>
    internal abstract string Act { get; }
}
