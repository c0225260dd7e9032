using Ledger.Domain.Signers;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Signers;

/// <summary>Somebody who may sign, at a moment.</summary>
/// <param name="Signer">The person.</param>
/// <param name="AsOf">The moment; null for the present.</param>
internal sealed record SignerAt(SignerState Signer, AsOf? AsOf);

/// <summary>Those who may sign, and their keys.</summary>
internal static class SignerType
{
    public static ObjectType<SignerAt> Type { get; } = new("Signer") { Description = "A person who may sign, with every public key they ever had." };

    public static ObjectType<Connection<SignerAt>> Connection { get; } = ConnectionType.Of("Signer", Type, "signers");

    private static readonly ObjectType<SignerKeyState> KeyType = new("SignerKey")
    {
        Description = "A public key of a signer. Whether a signature by it counts is told by places in the log, never by a time that somebody claims.",
    };

    private static readonly ObjectType<KeyEnd> EndType = new("SignerKeyEnd") { Description = "Why and where in the log a key stopped counting." };

    public static void Define(ObjectType<object> query)
    {
        AsOfInput.Define(query.AsyncField("signer", Type, async (_, context) => await FindAsync(context)), "Now, where this is not given.")
            .Argument("id", Scalars.String.NonNull(), description: "The signer's id, such as `alice.johnson`: not the global one.")
            .Describe("A signer; null where nobody was enrolled under that id.").Cost(5);
        AsOfInput.Define(PageArguments.Define(query.AsyncField("signers", Connection.NonNull(), async (_, context) => await PageAsync(context))), "Now, where this is not given.")
            .Describe("Every signer, by id.").Cost(5);

        EndType.Field("reason", Scalars.String.NonNull(), end => end.Reason).Describe("Why; `replaced` where a newer key took its place.");
        EndType.Field("at", LedgerScalars.DateTime.NonNull(), end => end.At).Describe("When.");
        EventType.Field(EndType, "event", end => end.Event.Sequence).Describe("The event that ended it.");

        KeyType.Field("keyId", LedgerScalars.Digest.NonNull(), key => key.Key.Id).Describe("SHA-256 of the public key.");
        KeyType.Field("algorithm", Named.KeyAlgorithm.NonNull(), key => key.Key.Algorithm).Describe("How it signs.");
        KeyType.Field("publicKey", LedgerScalars.Base64.NonNull(), key => Convert.FromBase64String(key.Key.PublicKey))
            .Describe("SubjectPublicKeyInfo (RFC 5280, section 4.1) in DER.");
        KeyType.Field("notBefore", LedgerScalars.DateTime, key => key.Key.NotBefore).Describe("From when it may be used; null for at once.");
        KeyType.Field("notAfter", LedgerScalars.DateTime, key => key.Key.NotAfter).Describe("Until when, exclusively; null for no end.");
        KeyType.Field("addedAt", LedgerScalars.DateTime.NonNull(), key => key.AddedAt).Describe("When it was added.");
        EventType.Field(KeyType, "added", key => key.Added.Sequence).Describe("The event that added it.");
        KeyType.Field("end", EndType, key => key.Ended).Describe("What revoked or replaced it; null while it counts.");

        NodeType.Implement(Type, signer => GlobalId.Write(NodeKind.Signer, signer.Signer.Id));
        Type.Field("signerId", Scalars.String.NonNull(), signer => signer.Signer.Id).Describe("The id by which statements name them.");
        Type.Field("name", Scalars.String.NonNull(), signer => signer.Signer.Name).Describe("The printed name.");
        Type.Field("roles", Scalars.String.NonNull().List().NonNull(), signer => signer.Signer.Roles).Describe("The roles of policies that they may sign in.");
        Type.Field("accounts", Scalars.String.NonNull().List().NonNull(), signer => signer.Signer.Accounts).Describe("The other subjects of tokens by which they act.");
        Type.Field("keys", KeyType.NonNull().List().NonNull(), signer => [.. signer.Signer.Keys])
            .Describe("Every key they ever had, oldest first.").Sized(new ListSize(3, [], [], false));
    }

    /// <summary>Signers by id, at the moment that the field's argument <c>asOf</c> names, or as they are now.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, SignerAt>> LoadAsync(IReadOnlyList<string> ids, ResolverContext context)
    {
        var asOf = AsOfInput.Of(context.Arguments);
        return (await context.Loaders().Signers.LoadAsync(ids.Select(id => new SignerMoment(id, asOf)))).ToDictionary(entry => entry.Key.Id, entry => new SignerAt(entry.Value, asOf), StringComparer.Ordinal);
    }

    private static async ValueTask<SignerAt?> FindAsync(ResolverContext context)
    {
        var id = context.Arguments.Get<string>("id")!;
        return (await LoadAsync([id], context)).GetValueOrDefault(id);
    }

    private static async ValueTask<Connection<SignerAt>?> PageAsync(ResolverContext context)
    {
        var (page, asOf) = (PageArguments.Of(context.Arguments), AsOfInput.Of(context.Arguments));
        var signers = await context.ReadAsync(store => asOf is null ? store.Signers.ListAsync(context.CancellationToken) : store.Signers.ListAsOfAsync(asOf, null, context.CancellationToken));
        return Connection<SignerAt>.Slice(
            [.. signers.Select(signer => new SignerAt(signer, asOf))], page, Question.Of("signers", context.Arguments), signer => signer.Signer.Id);
    }
}
