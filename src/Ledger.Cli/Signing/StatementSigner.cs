using System.Diagnostics;
using System.Text;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;

namespace Ledger.Cli.Signing;

/// <summary>Signs with a key in a file, or with whatever command holds the key. Only a signature of a key that the signer has in use is one.</summary>
internal sealed class StatementSigner
{
    private const int MaxKeyBytes = 64 * 1024;
    private static readonly TimeSpan LongestSigning = TimeSpan.FromMinutes(10); // a token waits for a PIN, a KMS for an approval

    private readonly Func<byte[], CancellationToken, Task<Result<byte[]>>> _sign;

    private StatementSigner(Func<byte[], CancellationToken, Task<Result<byte[]>>> sign) => _sign = sign;

    /// <summary>A signer by the private key in <paramref name="file"/>, which must be one of <paramref name="enrolled"/>.</summary>
    public static async Task<Result<StatementSigner>> OfFileAsync(Session session, string file, IReadOnlyList<PublicKey> enrolled)
    {
        var opened = await InputFile.ReadAsync(session.Here, file, MaxKeyBytes, session.CancellationToken).ConfigureAwait(false);
        if (!opened.TryGet(out var bytes, out var failure)) return failure;
        var pem = Encoding.UTF8.GetString(bytes);
        Array.Clear(bytes);

        string? error = null;
        foreach (var algorithm in (KeyAlgorithm?[])[null, KeyAlgorithm.RsaPssSha256, KeyAlgorithm.RsaPkcs1Sha256])
        {
            try
            {
                using var key = SignerKeyReader.ReadPrivatePem(pem, algorithm);
                if (enrolled.FirstOrDefault(each => each.Equals(key.PublicKey)) is not { } known)
                    return Failure.Refused("key_unknown", $"the key in {file}, sha256:{key.PublicKey.KeyId}, is none that the signer has in use", "sign with an enrolled key, or have this one added: ledger signer key add");
                if (known.Algorithm != key.Algorithm) continue;
                return new StatementSigner((signed, _) => Task.FromResult(SignWith(pem, algorithm, signed)));
            }
            catch (Exception exception) when (exception is FormatException or PlatformNotSupportedException)
            {
                error ??= exception.Message;
            }
        }

        return Failure.Usage("key_unreadable", $"{file} holds no private key that can be used: {Plain(error ?? "it is of another algorithm than the enrolled one")}", "give the file that 'ledger key new' wrote");
    }

    /// <summary>A signer by a command, given to the shell as it was typed: the bytes to sign on its standard input, the signature on its standard output.</summary>
    public static StatementSigner OfCommand(string command) => new((signed, cancellationToken) => RunAsync(command, signed, cancellationToken));

    /// <summary>Signs, and finds out whose key it was.</summary>
    public async Task<Result<EnvelopeSignature>> SignAsync(byte[] signed, IReadOnlyList<PublicKey> enrolled, CancellationToken cancellationToken)
    {
        if (!(await _sign(signed, cancellationToken).ConfigureAwait(false)).TryGet(out var signature, out var failure)) return failure;
        return Of(signed, signature, enrolled);
    }

    /// <summary>A signature that was made elsewhere, if it is of one of those keys.</summary>
    public static Result<EnvelopeSignature> Of(byte[] signed, byte[] signature, IReadOnlyList<PublicKey> enrolled)
    {
        if (signature.Length is > 0 and <= EnvelopeSignature.MaxBytes && enrolled.FirstOrDefault(key => key.Verify(signed, signature)) is { } signer)
            return new EnvelopeSignature(signature, signer.KeyId);
        return Failure.Refused(
            "signature_invalid", $"what was returned ({signature.Length} bytes) is no signature of a key that the signer has in use",
            "the bytes are signed as they are, with the algorithm the key is enrolled under; the signature is raw, for ECDSA in DER");
    }

    private static Result<byte[]> SignWith(string pem, KeyAlgorithm? algorithm, byte[] signed)
    {
        using var key = SignerKeyReader.ReadPrivatePem(pem, algorithm);
        return key.Sign(signed);
    }

    private static async Task<Result<byte[]>> RunAsync(string command, byte[] signed, CancellationToken cancellationToken)
    {
        // One argument, nothing of ours in it: what the shell reads is what was typed.
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestSigning);
        using var process = Process.Start(start)!;
        try
        {
            var reading = ReadAsync(process.StandardOutput.BaseStream, limit.Token);
            await FeedAsync(process, signed, limit.Token).ConfigureAwait(false);
            var signature = await reading.ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return process.ExitCode == 0
                ? signature
                : Failure.Refused("signing_failed", $"the signing command ended with exit code {process.ExitCode}", "its messages are above; nothing was signed or submitted");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (cancellationToken.IsCancellationRequested) throw;
            return Failure.Unknown("signing_failed", $"the signing command did not end within {LongestSigning.TotalMinutes} minutes");
        }
    }

    private static async Task FeedAsync(Process process, byte[] signed, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(signed, cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command that ends without having read it all: what it returned is looked at all the same.
        }
    }

    // One byte more than a signature has: what is longer is none, however long it goes on.
    private static async Task<byte[]> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var buffer = new byte[EnvelopeSignature.MaxBytes + 1];
        var length = await output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length == buffer.Length) await output.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return buffer[..length];
    }

    private static string Plain(string sentence)
    {
        var text = sentence.TrimEnd('.');
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
