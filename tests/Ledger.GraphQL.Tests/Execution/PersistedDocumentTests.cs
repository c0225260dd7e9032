using System.Text;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Documents by their hash: nothing is executed or stored that is not what its hash says.</summary>
public class PersistedDocumentTests
{
    private const string Text = "{ a }";

    private static readonly byte[] Utf8 = Encoding.UTF8.GetBytes(Text);
    private static readonly DocumentHash Hash = DocumentHash.Of(Utf8);

    [Fact]
    public void A_hash_is_written_as_it_is_read()
    {
        const string hex = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        DocumentHash.TryParse(hex, out var hash).ShouldBeTrue();
        hash.ShouldBe(DocumentHash.Of("test"u8));
        hash.ToString().ShouldBe(hex);
        DocumentHash.TryParse(hex.AsSpan(1), out _).ShouldBeFalse();
        DocumentHash.TryParse(hex[1..] + "g", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_text_that_was_sent_with_its_hash_is_known_by_it_from_then_on()
    {
        var executor = Create(new PersistedDocuments { Automatic = new MemoryDocumentStore() });
        (await executor.AskAsync(new GraphQLRequest { DocumentId = Hash })).ShouldBe("""{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""");
        (await executor.AskAsync(new GraphQLRequest { DocumentId = Hash, Document = Utf8 })).ShouldBe("""{"data":{"a":1}}""");
        (await executor.AskAsync(new GraphQLRequest { DocumentId = Hash })).ShouldBe("""{"data":{"a":1}}""");
    }

    [Fact]
    public async Task A_hash_that_is_not_the_texts_is_refused_and_not_stored()
    {
        var store = new MemoryDocumentStore();
        var other = DocumentHash.Of("{ b }"u8);
        (await CodeOf(new PersistedDocuments { Automatic = store }, new GraphQLRequest { DocumentId = other, Document = Utf8 })).ShouldBe(ErrorCodes.PersistedMismatch);
        (await store.FindAsync(other, default)).ShouldBeNull();
        (await store.FindAsync(Hash, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("{ missing }")]
    [InlineData("{")]
    public async Task A_text_that_is_not_valid_is_not_stored(string text)
    {
        var store = new MemoryDocumentStore();
        var utf8 = Encoding.UTF8.GetBytes(text);
        await CodeOf(new PersistedDocuments { Automatic = store }, new GraphQLRequest { DocumentId = DocumentHash.Of(utf8), Document = utf8 });
        (await store.FindAsync(DocumentHash.Of(utf8), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_text_without_its_hash_is_executed_and_not_stored()
    {
        var store = new MemoryDocumentStore();
        (await Create(new PersistedDocuments { Automatic = store }).AskAsync(Text)).ShouldBe("""{"data":{"a":1}}""");
        (await store.FindAsync(Hash, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_store_a_hash_means_nothing() =>
        (await CodeOf(PersistedDocuments.None, new GraphQLRequest { DocumentId = Hash })).ShouldBe(ErrorCodes.PersistedNotSupported);

    [Fact]
    public async Task A_request_of_nothing_is_refused() => (await CodeOf(PersistedDocuments.None, new GraphQLRequest())).ShouldBe(ErrorCodes.ParseFailed);

    [Fact]
    public async Task Where_only_trusted_documents_are_executed_others_are_not()
    {
        var trusted = new MemoryDocumentStore();
        await trusted.AddAsync(Hash, Utf8, default);
        var documents = new PersistedDocuments { Trusted = trusted, OnlyTrusted = true, Automatic = new MemoryDocumentStore() };
        (await Create(documents).AskAsync(new GraphQLRequest { DocumentId = Hash })).ShouldBe("""{"data":{"a":1}}""");
        (await Create(documents).AskAsync(Text)).ShouldBe("""{"data":{"a":1}}""");
        (await CodeOf(documents, Ask.For("{ b: a }"))).ShouldBe(ErrorCodes.DocumentNotTrusted);
        (await CodeOf(documents, Ask.For("{ b: a }") with { DocumentId = DocumentHash.Of("{ b: a }"u8) })).ShouldBe(ErrorCodes.DocumentNotTrusted);
    }

    [Fact]
    public async Task A_store_that_was_tampered_with_is_not_believed()
    {
        var trusted = new MemoryDocumentStore();
        await trusted.AddAsync(Hash, "{ other: a }"u8.ToArray(), default);
        (await CodeOf(new PersistedDocuments { Trusted = trusted, OnlyTrusted = true }, new GraphQLRequest { DocumentId = Hash })).ShouldBe(ErrorCodes.DocumentNotTrusted);
    }

    [Fact]
    public async Task A_store_in_memory_is_bounded()
    {
        var store = new MemoryDocumentStore(entriesMax: 2, bytesMax: 20);
        await store.AddAsync(DocumentHash.Of("a"u8), new byte[21], default);
        (await store.FindAsync(DocumentHash.Of("a"u8), default)).ShouldBeNull();
        await store.AddAsync(DocumentHash.Of("b"u8), new byte[15], default);
        await store.AddAsync(DocumentHash.Of("c"u8), new byte[15], default);
        (await store.FindAsync(DocumentHash.Of("b"u8), default)).ShouldBeNull();
        (await store.FindAsync(DocumentHash.Of("c"u8), default)).ShouldNotBeNull();
    }

    private static async Task<string> CodeOf(PersistedDocuments documents, GraphQLRequest request)
    {
        using var result = await Create(documents).ExecuteAsync(request);
        result.HasData.ShouldBeFalse();
        return result.Errors.First().Code;
    }

    private static GraphQLExecutor Create(PersistedDocuments documents)
    {
        var query = new ObjectType<object?>("Query");
        query.Field("a", Scalars.Int, _ => (int?)1);
        return new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query }), new ExecutorOptions { Documents = documents });
    }
}
