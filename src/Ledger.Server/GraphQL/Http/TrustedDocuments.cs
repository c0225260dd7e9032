using System.Collections.Frozen;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Language;

namespace Ledger.Server.GraphQL.Http;

/// <summary>The documents that the operator put into a folder, by the SHA-256 of their text. Read once, when the server starts.</summary>
internal sealed class TrustedDocuments : IDocumentStore
{
    private readonly FrozenDictionary<DocumentHash, ReadOnlyMemory<byte>> _documents;

    private TrustedDocuments(IEnumerable<KeyValuePair<DocumentHash, ReadOnlyMemory<byte>>> documents) => _documents = documents.ToFrozenDictionary();

    /// <summary>How many there are.</summary>
    public int Count => _documents.Count;

    /// <summary>Reads a folder's <c>.graphql</c> files, those of folders in it too.</summary>
    /// <exception cref="FormatException">The folder is not there, or a file of it is no document; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TrustedDocuments Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new FormatException($"Ledger:GraphQL:TrustedDocuments: there is no folder {folder}");
        var documents = new Dictionary<DocumentHash, ReadOnlyMemory<byte>>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.graphql", SearchOption.AllDirectories))
        {
            var text = File.ReadAllBytes(file);
            if (!GraphQLParser.Parse(text, ParseLimits.Request).IsAccepted(out _, out var error)) throw new FormatException($"{file} is no GraphQL document: {error}");
            documents[DocumentHash.Of(text)] = text;
        }

        return new TrustedDocuments(documents);
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(DocumentHash hash, CancellationToken cancellationToken) =>
        new(_documents.TryGetValue(hash, out var text) ? text : default(ReadOnlyMemory<byte>?));
}
