using System.Globalization;
using System.Text;

namespace Ledger.Integrity.Notes;

/// <summary>The bodies that a witness answers with (C2SP tlog-witness, "add-checkpoint"). Pure and thread-safe.</summary>
public static class AddCheckpointResponse
{
    /// <summary>The media type of the body of a 409: the size that the witness has seen.</summary>
    public const string SizeMediaType = "text/x.tlog.size";

    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaxBytes = AddCheckpointRequest.MaxBytes;

    /// <summary>The body of a 200: signature lines.</summary>
    public static byte[] Write(params IEnumerable<NoteSignature> cosignatures) => NoteText.ToBytes(string.Concat(cosignatures.Select(each => $"{each}\n")));

    /// <summary>The body of a 409: the size in decimal on a line.</summary>
    public static byte[] WriteSize(long size) => NoteText.ToBytes(string.Create(CultureInfo.InvariantCulture, $"{size}\n"));

    /// <summary>
    /// Reads the body of a 200 and checks it: the checkpoint with those signatures added that are of the witness. What else the witness
    /// sent is left out, as the specification wants.
    /// </summary>
    /// <param name="utf8">The body; at most <see cref="MaxBytes"/>.</param>
    /// <param name="checkpoint">What the witness was asked to cosign.</param>
    /// <param name="witness">The witness's key, of type <see cref="NoteKeyType.Cosignature"/>.</param>
    /// <param name="cosigned">The checkpoint with the cosignature; null unless valid.</param>
    /// <param name="cosignature">Who cosigned, and when; null unless valid.</param>
    /// <returns>Codes: <c>witness_response_malformed</c>, <c>witness_key_not_cosigner</c>, <c>witness_time_missing</c>, <c>note_signature_invalid</c>, <c>note_signer_unknown</c>.</returns>
    public static Verification Verify(ReadOnlySpan<byte> utf8, Note checkpoint, VerifierKey witness, out Note? cosigned, out Cosignature? cosignature)
    {
        (cosigned, cosignature) = (null, null);
        if (witness.Type != NoteKeyType.Cosignature) return Verification.Invalid("witness_key_not_cosigner", $"{witness.Name}+{witness.KeyId:x8} is not the key of a cosigner");
        if (utf8.Length > MaxBytes) return Verification.Invalid("witness_response_malformed", $"the response is larger than {MaxBytes} bytes");

        // As the specification proposes: the lines after the text make a note.
        if (!Note.TryParse([.. NoteText.ToBytes(checkpoint.Text), (byte)'\n', .. utf8], out var answer, out var error))
            return Verification.Invalid("witness_response_malformed", error);
        if (answer.Text != checkpoint.Text) return Verification.Invalid("witness_response_malformed", "the response holds more than signature lines");
        var verification = NoteVerifier.VerifyAll(answer, [witness], out var signatures);
        if (!verification.IsValid) return verification;
        if (signatures[0].UnixSeconds is not (> 0 and var unixSeconds)) return Verification.Invalid("witness_time_missing", "the cosignature holds no time");

        cosignature = new Cosignature(witness, unixSeconds);
        cosigned = checkpoint.With(answer.Signatures.First(each => each.Name == witness.Name && each.KeyId == witness.KeyId));
        return verification;
    }

    /// <summary>Reads the body of a 409.</summary>
    /// <returns>False when it is not exactly a decimal number without leading zeroes, and a newline.</returns>
    public static bool TryParseSize(ReadOnlySpan<byte> utf8, out long size)
    {
        size = 0;
        return utf8.Length <= 20 && utf8 is [.. var digits, (byte)'\n'] && StrictDecimal.TryParse(Encoding.Latin1.GetString(digits), out size);
    }
}
