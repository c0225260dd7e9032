using Ledger.Integrity;

namespace Ledger.Store.Tokens;

/// <summary>A token that was just made.</summary>
/// <param name="Text">What its holder presents. It is shown once: only its SHA-256 is stored.</param>
/// <param name="Hash">That SHA-256; it names the token from now on.</param>
/// <param name="Token">What it is good for.</param>
public sealed record NewToken(string Text, Hash Hash, Token Token)
{
    /// <summary>Without the text, so that it does not reach a log by accident.</summary>
    public override string ToString() => $"NewToken {{ Hash = {Hash}, Token = {Token} }}";
}
