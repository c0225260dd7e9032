namespace Ledger.Domain;

/// <summary>Something that somebody wants to happen. Each aggregate has a closed hierarchy of its own below this.</summary>
public abstract record LedgerCommand
{
    private protected LedgerCommand() { }

    /// <summary>The stream that the command's events go to.</summary>
    public string StreamKey => Stream;

    internal abstract string Stream { get; }
}
