using System.Buffers;
using System.Text.Json;

namespace Ledger.Store.Append;

/// <summary>The projection of one stream as it lies in its document table: <c>{"id": key, "state": …}</c>.</summary>
internal static class StreamDocument
{
    public static ReadOnlyMemory<byte> Write(string key, StreamHead head)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("id", key);
        writer.WritePropertyName("state");
        head.Aggregate.WriteState(writer, head.State!);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    public static object ReadState(Aggregate aggregate, ReadOnlyMemory<byte> document)
    {
        using var parsed = JsonDocument.Parse(document);
        return aggregate.ReadState(parsed.RootElement.GetProperty("state"));
    }
}
