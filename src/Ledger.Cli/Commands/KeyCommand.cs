using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger key new</c>: a key that signs, and the key that checks it.</summary>
/// <remarks>People may sign with any of the algorithms. A log, and whoever else signs notes, has Ed25519 or ECDSA on P-256.</remarks>
internal static class KeyCommand
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("key", "Make signing keys", New(make));

    private static Command New(CommandFactory make)
    {
        var file = new Argument<string>("FILE") { Description = "Where the private key goes; the public key goes to FILE.pub. Neither may be there already" };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "Print the verifier key of signed notes under this name" };

        var cosigner = new Option<bool>("--witness") { Description = "With --name: the key is a witness's, and cosigns checkpoints alone" };
        var algorithm = Typed.Algorithm("How it signs; ed25519 unless given, or ecdsa-p256-sha256 where this machine has none");

        return make.Offline("new", "Make a signing key", [file, algorithm, name, cosigner], session =>
        {
            var path = session.Here.Resolve(session.Get(file));
            if (!Generate(session.Get(algorithm)).TryGet(out var made, out var unavailable)) return Task.FromResult(session.Fail(unavailable));
            using var key = made;
            string? verifierKey = null;
            if (session.Get(name) is { } keyName)
            {
                try
                {
                    verifierKey = (session.Get(cosigner) ? VerifierKey.ForCosigner(keyName, key.PublicKey) : new VerifierKey(keyName, key.PublicKey)).ToString();
                }
                catch (ArgumentException)
                {
                    return Task.FromResult(session.Fail(Failure.Usage(
                        "name_malformed", $"'{keyName}' cannot name a key of {KeyAlgorithmName.Of(key.Algorithm)}",
                        "a name has no blank, no '+' and no control character; what signs notes is ed25519 or ecdsa-p256-sha256, what cosigns them ed25519")));
                }
            }

            return Task.FromResult(KeyFiles.Write(path, key) is { } failure ? session.Fail(failure) : Show(session, path, key, verifierKey));
        });
    }

    private static Result<SigningKey> Generate(string? name)
    {
        if (name is null || !KeyAlgorithmName.TryParse(name, out var algorithm)) return SigningKey.Generate();
        return algorithm == KeyAlgorithm.Ed25519 && !Ed25519Support.IsAvailable
            ? Failure.Refused("key_algorithm_unavailable", Ed25519Support.UnavailableReason!, "take another: --algorithm ecdsa-p256-sha256")
            : SigningKey.Generate(algorithm);
    }

    private static int Show(Session session, string path, SigningKey key, string? verifierKey)
    {
        var algorithm = KeyAlgorithmName.Of(key.Algorithm);
        var fingerprint = $"sha256:{key.PublicKey.Fingerprint}";
        if (session.Json)
        {
            JsonOutput.Write(session.Here.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("algorithm", algorithm);
                writer.WriteString("id", fingerprint);
                writer.WriteString("fingerprint", fingerprint);
                writer.WriteString("privateKeyFile", path);
                writer.WriteString("publicKeyFile", path + KeyFiles.PublicSuffix);
                if (verifierKey is not null) writer.WriteString("verifierKey", verifierKey);
                writer.WriteEndObject();
            });
        }
        else
        {
            session.Screen.Facts(("algorithm", algorithm), ("key", fingerprint), ("verifier key", verifierKey));
        }

        return ExitCode.Done;
    }
}
