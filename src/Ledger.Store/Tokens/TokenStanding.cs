namespace Ledger.Store.Tokens;

/// <summary>Whether a token is good.</summary>
public enum TokenStanding
{
    /// <summary>There is no such token.</summary>
    Unknown,

    /// <summary>It was taken back.</summary>
    Revoked,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It is good.</summary>
    Good,
}
