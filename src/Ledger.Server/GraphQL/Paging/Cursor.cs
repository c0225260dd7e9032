using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Requests;

namespace Ledger.Server.GraphQL.Paging;

/// <summary>
/// A place in a list, opaque to clients: the key of what stands there, and a mark of the question that it is a place in, so that it is not taken for a
/// place in the answer to another one. It lets nobody see what they could not see without it, and is not signed.
/// </summary>
internal static class Cursor
{
    private const int MarkBytes = 8;
    private const int LengthMax = 512;

    /// <summary>Writes a cursor.</summary>
    /// <param name="question">What makes two lists different: field, filter, order.</param>
    /// <param name="parts">The key.</param>
    public static string Write(string question, params ReadOnlySpan<string> parts) =>
        Base64Url.EncodeToString([.. Mark(question), .. Encoding.UTF8.GetBytes(string.Join('\n', parts))]);

    public static string Write(string question, long key) => Write(question, key.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="FieldException">It is none, or of another question.</exception>
    public static string[] Read(string question, string cursor, int parts)
    {
        byte[] bytes;
        try
        {
            bytes = cursor.Length <= LengthMax ? Base64Url.DecodeFromChars(cursor) : [];
        }
        catch (FormatException)
        {
            bytes = [];
        }

        if (bytes.Length <= MarkBytes) throw new FieldException("This is not a cursor.", Codes.BadCursor);
        if (!bytes.AsSpan(0, MarkBytes).SequenceEqual(Mark(question)))
            throw new FieldException("The cursor is of another list: of another field, filter or order.", Codes.BadCursor);
        var read = Encoding.UTF8.GetString(bytes, MarkBytes, bytes.Length - MarkBytes).Split('\n');
        return read.Length == parts ? read : throw new FieldException("This is not a cursor.", Codes.BadCursor);
    }

    /// <summary>A number of a cursor's key.</summary>
    /// <exception cref="FieldException">It is none.</exception>
    public static long Number(string part) =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FieldException("This is not a cursor.", Codes.BadCursor);

    private static ReadOnlySpan<byte> Mark(string question) => SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, MarkBytes);
}
