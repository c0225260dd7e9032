namespace Ledger.Domain.Signers;

/// <summary>What may be asked of a signer's record.</summary>
public abstract record SignerCommand : LedgerCommand
{
    private SignerCommand(string signer) => Signer = signer;

    /// <summary>The signer it is about.</summary>
    public string Signer { get; }

    internal override string Stream => SignerId.StreamOf(Signer);

    /// <summary>Enter a person as a signer, with their first key.</summary>
    /// <param name="Signer">The id.</param>
    /// <param name="Name">The printed name.</param>
    /// <param name="Roles">The roles they may sign in.</param>
    /// <param name="Accounts">The other subjects of tokens by which they act.</param>
    /// <param name="Key">Their key, if it is there already.</param>
    public sealed record Enrol(string Signer, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, SignerKey? Key = null) : SignerCommand(Signer)
    {
        internal override string Act => "enrol a signer";
    }

    /// <summary>Change what they may sign as.</summary>
    public sealed record Change(string Signer, IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, string Reason) : SignerCommand(Signer)
    {
        internal override string Act => "change a signer";
    }

    /// <summary>Add a key, or put it in place of another.</summary>
    public sealed record AddKey(string Signer, SignerKey Key, Digest? Replaces = null) : SignerCommand(Signer)
    {
        internal override string Act => "add a signer's key";
    }

    /// <summary>Stop trusting a key.</summary>
    public sealed record RevokeKey(string Signer, Digest Key, string Reason) : SignerCommand(Signer)
    {
        internal override string Act => "revoke a signer's key";
    }
}
