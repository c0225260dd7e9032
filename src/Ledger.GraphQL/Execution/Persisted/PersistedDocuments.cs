namespace Ledger.GraphQL.Execution;

/// <summary>Documents by their hash. Thread-safe.</summary>
public interface IDocumentStore
{
    /// <summary>The text of a hash, UTF-8; null when there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(DocumentHash hash, CancellationToken cancellationToken);
}

/// <summary>Documents that clients send once and name from then on. Thread-safe.</summary>
public interface IAutomaticDocumentStore : IDocumentStore
{
    /// <summary>Keeps a text. It has the hash, and is valid: nothing else is ever stored.</summary>
    ValueTask AddAsync(DocumentHash hash, ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken);
}

/// <summary>
/// How documents come other than by their text: trusted documents, known beforehand, and automatic persisted queries as Apollo's clients
/// speak them. A hash that is not the text's is refused and never stored, and so is a text of a store that is not of its hash.
/// </summary>
public sealed record PersistedDocuments
{
    /// <summary>None: every request brings its text.</summary>
    public static PersistedDocuments None { get; } = new();

    /// <summary>Documents that the host knows beforehand; null when there are none.</summary>
    public IDocumentStore? Trusted { get; init; }

    /// <summary>Whether nothing but <see cref="Trusted"/> is executed, whichever way a request names it.</summary>
    public bool OnlyTrusted { get; init; }

    /// <summary>Documents that clients send; null when they are not kept. Never asked where <see cref="OnlyTrusted"/>.</summary>
    public IAutomaticDocumentStore? Automatic { get; init; }

    /// <summary>Whether a request with its text and no hash needs no store.</summary>
    internal bool TakesAnyText => !OnlyTrusted;

    /// <summary>The text that a request stands for.</summary>
    internal async ValueTask<FoundDocument> FindAsync(GraphQLRequest request, CancellationToken cancellationToken)
    {
        if (request.Document.IsEmpty && request.DocumentId is null) return new GraphQLError("The request has no document.", ErrorCodes.ParseFailed, []);
        var hash = request.Document.IsEmpty ? request.DocumentId!.Value : DocumentHash.Of(request.Document.Span);
        if (request.DocumentId is { } claimed && claimed != hash)
            return new GraphQLError("The hash is not that of the document.", ErrorCodes.PersistedMismatch, []);
        if (await AskAsync(Trusted, hash, cancellationToken).ConfigureAwait(false) is { } trusted) return new FoundDocument(trusted, hash);
        if (OnlyTrusted) return new GraphQLError("Only documents that are known beforehand are executed.", ErrorCodes.DocumentNotTrusted, []);
        if (!request.Document.IsEmpty)
            return new FoundDocument(request.Document, hash) { StoreIn = request.DocumentId is null ? null : Automatic };
        if (await AskAsync(Automatic, hash, cancellationToken).ConfigureAwait(false) is { } known) return new FoundDocument(known, hash);
        return Automatic is null && Trusted is null
            ? new GraphQLError("PersistedQueryNotSupported", ErrorCodes.PersistedNotSupported, [])
            : new GraphQLError("PersistedQueryNotFound", ErrorCodes.PersistedNotFound, []);
    }

    // Whoever can write to a store must not be able to put other words into a client's mouth.
    private static async ValueTask<ReadOnlyMemory<byte>?> AskAsync(IDocumentStore? store, DocumentHash hash, CancellationToken cancellationToken)
    {
        var text = store is null ? null : await store.FindAsync(hash, cancellationToken).ConfigureAwait(false);
        return text is { } found && DocumentHash.Of(found.Span) == hash ? text : null;
    }
}

/// <summary>A document and its hash, or why there is none.</summary>
internal readonly record struct FoundDocument(ReadOnlyMemory<byte> Utf8, DocumentHash Hash)
{
    public GraphQLError? Error { get; private init; }

    /// <summary>Where the document is to be kept once it proved valid; null when it is not.</summary>
    public IAutomaticDocumentStore? StoreIn { get; init; }

    public static implicit operator FoundDocument(GraphQLError error) => new() { Error = error };
}
