using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Log;

/// <summary>A checkpoint of the log.</summary>
internal static class CheckpointType
{
    public static ObjectType<CheckpointRow> Type { get; } = new("Checkpoint")
    {
        Description = "A signed statement of what the log holds: the size and the root of its tree (C2SP tlog-checkpoint).",
    };

    private static readonly ObjectType<CosignatureLine> CosignatureType = new("Cosignature")
    {
        Description = "What a witness said of a checkpoint: that it saw no other tree (C2SP tlog-cosignature).",
    };

    public static void Define()
    {
        CosignatureType.Field("witness", Scalars.String.NonNull(), line => line.Witness).Describe("The verifier key that checks it.");
        CosignatureType.Field("line", Scalars.String.NonNull(), line => line.Line).Describe("The signature line of the note.");

        NodeType.Implement(Type, row => GlobalId.Of(NodeKind.Checkpoint, row.Size));
        Type.Field("size", LedgerScalars.Long.NonNull(), row => row.Size).Describe("How many leaves the tree has.");
        Type.Field("root", LedgerScalars.LeafHash.NonNull(), row => row.Root).Describe("The root of the tree.");
        Type.Field("note", Scalars.String.NonNull(), row => row.Note).Describe("The signed note, with the log's own signature.");
        Type.Field("at", LedgerScalars.DateTime.NonNull(), row => row.At).Describe("When the newest event of its tree was appended.");
        Type.Field("cosignatures", CosignatureType.NonNull().List().NonNull(), row => row.Cosignatures.Select(each => new CosignatureLine(each.Witness, each.Line)).ToList())
            .Describe("What witnesses said.").Sized(new ListSize(3, [], [], false));
        Type.Field("timestamp", LedgerScalars.Base64, row => row.Timestamp)
            .Describe("An authority's timestamp (RFC 3161 response) over SHA-256 of the note; null where there is none.");
    }

    private sealed record CosignatureLine(string Witness, string Line);
}
