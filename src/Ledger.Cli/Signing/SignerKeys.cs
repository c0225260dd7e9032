using Ledger.Cli.Contract;
using Ledger.Integrity.Keys;

namespace Ledger.Cli.Signing;

/// <summary>The keys that a signer has in use, ready to check signatures.</summary>
internal static class SignerKeys
{
    /// <summary>Those of <paramref name="signer"/> that count now. A key that cannot be read here, or is not what its id says, is none.</summary>
    public static Result<List<PublicKey>> InUse(SignerAnswer signer)
    {
        var keys = new List<PublicKey>();
        foreach (var answer in signer.Keys.Where(key => key.State == SignerKeyAnswer.InUse))
        {
            if (KeyAlgorithmName.TryParse(answer.Algorithm, out var algorithm) && SignerKeyReader.Read(answer.PublicKey, algorithm, out var key).IsValid && answer.Id == $"sha256:{key!.KeyId}")
                keys.Add(key);
        }

        return keys.Count > 0
            ? keys
            : Failure.Refused("key_unknown", $"{signer.Name} has no key in use", $"have one added: ledger signer key add {signer.Id} FILE.pub");
    }
}
