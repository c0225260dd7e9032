using System.CommandLine;
using Ledger.Cli.Output;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger key new</c>: a key that signs, and the key that checks it.</summary>
internal static class KeyCommand
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("key", "Make signing keys", New(make));

    private static Command New(CommandFactory make)
    {
        var file = new Argument<string>("FILE") { Description = "Where the private key goes; the public key goes to FILE.pub. Neither may be there already" };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "Print the verifier key of signed notes under this name" };

        return make.Offline("new", "Make a signing key", [file, name], session =>
        {
            var path = session.Here.Resolve(session.Get(file));
            using var key = SigningKey.Generate();
            string? verifierKey = null;
            if (session.Get(name) is { } keyName)
            {
                try
                {
                    verifierKey = new VerifierKey(keyName, key.PublicKey).ToString();
                }
                catch (ArgumentException)
                {
                    return Task.FromResult(session.Fail(Failure.Usage("name_malformed", $"'{keyName}' cannot name a key", "a name has no blank, no '+' and no control character")));
                }
            }

            return Task.FromResult(KeyFiles.Write(path, key) is { } failure ? session.Fail(failure) : Show(session, path, key, verifierKey));
        });
    }

    private static int Show(Session session, string path, SigningKey key, string? verifierKey)
    {
        var algorithm = key.Algorithm == KeyAlgorithm.Ed25519 ? "ed25519" : "ecdsa-p256-sha256";
        var fingerprint = $"sha256:{key.PublicKey.Fingerprint}";
        if (session.Json)
        {
            JsonOutput.Write(session.Here.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("algorithm", algorithm);
                writer.WriteString("fingerprint", fingerprint);
                writer.WriteString("privateKeyFile", path);
                writer.WriteString("publicKeyFile", path + KeyFiles.PublicSuffix);
                if (verifierKey is not null) writer.WriteString("verifierKey", verifierKey);
                writer.WriteEndObject();
            });
        }
        else
        {
            session.Screen.Facts(("algorithm", algorithm), ("fingerprint", fingerprint), ("verifier key", verifierKey));
        }

        return ExitCode.Done;
    }
}
