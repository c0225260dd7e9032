namespace Ledger.Integrity.Notes;

/// <summary>The lines above a checkpoint: C2SP tlog-proof and tlog-witness write hashes in the same way.</summary>
internal static class ProofLines
{
    /// <summary>Takes the first line, without its newline.</summary>
    public static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text)
    {
        var newline = text.IndexOf('\n');
        var line = newline < 0 ? text : text[..newline];
        text = newline < 0 ? [] : text[(newline + 1)..];
        return line;
    }

    /// <summary>Reads all that is left as hashes, each in base64 on a line.</summary>
    /// <returns>Null when a line is anything else, or there are more than <paramref name="maxHashes"/>.</returns>
    public static List<Hash>? Read(ReadOnlySpan<char> text, int maxHashes)
    {
        var hashes = new List<Hash>();
        while (!text.IsEmpty)
        {
            if (hashes.Count == maxHashes || !Hash.TryParseBase64(Take(ref text), out var hash)) return null;
            hashes.Add(hash);
        }

        return hashes;
    }
}
