using System.Text;
using Ledger.Integrity;

namespace Ledger.Store.Append;

/// <summary>What makes a repeated request recognisable. Neither the key's text nor the request is kept, only their SHA-256.</summary>
/// <param name="Key">Over the caller's id and the key that the caller chose: two callers never meet in one key.</param>
/// <param name="Request">Over everything the request says.</param>
public sealed record IdempotencyKey(Hash Key, Hash Request)
{
    /// <summary>Makes a key.</summary>
    /// <param name="caller">The caller's id.</param>
    /// <param name="key">The text the caller sent.</param>
    /// <param name="request">Everything that makes the request what it is: method, path, parameters and body.</param>
    public static IdempotencyKey Of(string caller, string key, ReadOnlySpan<byte> request) =>
        new(Hash.Sha256(Encoding.UTF8.GetBytes($"{caller}\0{key}")), Hash.Sha256(request));
}
