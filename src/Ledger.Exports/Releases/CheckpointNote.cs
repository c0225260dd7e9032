using System.Text;
using Ledger.Integrity.Notes;

namespace Ledger.Exports.Releases;

/// <summary>What a stored checkpoint says.</summary>
internal static class CheckpointNote
{
    /// <summary>The tree, and how many signatures there are beside the log's own.</summary>
    /// <exception cref="InvalidDataException">It is not a checkpoint.</exception>
    public static (Checkpoint Tree, int Cosignatures) Read(string checkpoint) =>
        Note.TryParse(Encoding.UTF8.GetBytes(checkpoint), out var note, out var error) && Checkpoint.TryParse(note.Text, out var tree, out error)
            ? (tree, note.Signatures.Count - 1)
            : throw new InvalidDataException($"the stored checkpoint is not one: {error}");
}
