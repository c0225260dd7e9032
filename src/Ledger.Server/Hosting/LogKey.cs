using Ledger.Integrity.Keys;

namespace Ledger.Server.Hosting;

/// <summary>The key that signs the log's checkpoints.</summary>
internal static partial class LogKey
{
    /// <summary>The key in <paramref name="path"/>, made where there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no such key.</exception>
    public static SigningKey LoadOrMake(string path, ILogger logger)
    {
        if (!File.Exists(path))
        {
            using var made = SigningKey.Generate();
            DataDirectory.WriteSecret(path, made.ExportPkcs8Pem());
            logger.KeyMade(path);
        }

        SigningKey key;
        try
        {
            key = SigningKey.ImportPkcs8Pem(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or System.Security.Cryptography.CryptographicException)
        {
            throw new InvalidDataException($"{path} holds no signing key: {exception.Message}", exception);
        }

        if (key.Algorithm == KeyAlgorithm.Ed25519) logger.SignsWith("Ed25519");
        else logger.SignsWithSecondChoice("ECDSA P-256", Ed25519Support.UnavailableReason ?? "the key was made where Ed25519 was not available");
        return key;
    }

    /// <summary>The algorithm as people write it.</summary>
    public static string Name(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.Ed25519 ? "Ed25519" : "ECDSA P-256";

    [LoggerMessage(1, LogLevel.Information, "made the log's key: {Path}")]
    private static partial void KeyMade(this ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Information, "checkpoints are signed with {Algorithm}")]
    private static partial void SignsWith(this ILogger logger, string algorithm);

    [LoggerMessage(3, LogLevel.Warning, "checkpoints are signed with {Algorithm}: {Reason}. Public witnesses take Ed25519 only")]
    private static partial void SignsWithSecondChoice(this ILogger logger, string algorithm, string reason);
}
