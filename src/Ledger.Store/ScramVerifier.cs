using System.Security.Cryptography;

namespace Ledger.Store;

/// <summary>What PostgreSQL keeps of a password and checks it with (SCRAM-SHA-256: RFC 5802, section 3, and RFC 7677), in the form that it takes in place of one.</summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    /// <summary>The verifier of a password, with a salt of its own.</summary>
    /// <param name="password">ASCII, which SASLprep (RFC 4013) leaves as it is.</param>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
