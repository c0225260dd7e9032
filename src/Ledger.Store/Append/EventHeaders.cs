using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Integrity;

namespace Ledger.Store.Append;

/// <summary>
/// The <c>headers</c> of an event's row, canonical JSON: <c>{"actor": …, "prev": hex or null}</c>. With them the row holds everything
/// that its leaf covers.
/// </summary>
internal static class EventHeaders
{
    public static byte[] Write(ReadOnlySpan<byte> actor, Hash? prev)
    {
        var tail = prev is { } hash ? $",\"prev\":\"{hash}\"}}" : ",\"prev\":null}";
        var bytes = new byte[9 + actor.Length + tail.Length];
        "{\"actor\":"u8.CopyTo(bytes);
        actor.CopyTo(bytes.AsSpan(9));
        Encoding.ASCII.GetBytes(tail, bytes.AsSpan(9 + actor.Length));
        return bytes;
    }

    /// <summary>Reads the actor.</summary>
    /// <exception cref="JsonException">The headers are not what <see cref="Write"/> makes.</exception>
    public static Actor ReadActor(JsonElement headers) =>
        headers.GetProperty("actor").Deserialize(DomainJson.Default.Actor) ?? throw new JsonException("the headers have no actor");
}
