using System.Text.Json;
using Ledger.Domain.Events;

namespace Ledger.Domain.Tests;

/// <summary>Events as their JSON.</summary>
internal static class EventText
{
    private static readonly JsonWriterOptions IndentedOptions = new() { Indented = true, NewLine = "\n" };

    public static byte[] Bytes(LedgerEvent happened) => Write(happened, default);

    public static string Indented(LedgerEvent happened) => System.Text.Encoding.UTF8.GetString(Write(happened, IndentedOptions));

    private static byte[] Write(LedgerEvent happened, JsonWriterOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options)) EventJson.Write(writer, happened);
        return stream.ToArray();
    }
}
