using System.Buffers;
using System.Text.Json;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Envelopes;

/// <summary>The JSON envelope (DSSE 1.0.2, envelope.md): strictly read, canonically written.</summary>
internal static class EnvelopeJson
{
    public static byte[] Write(string payloadType, ReadOnlySpan<byte> payload, IReadOnlyList<EnvelopeSignature> signatures)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteBase64String("payload"u8, payload);
            writer.WriteString("payloadType"u8, payloadType);
            writer.WriteStartArray("signatures"u8);
            foreach (var signature in signatures)
            {
                writer.WriteStartObject();
                if (signature.KeyId is { } keyId) writer.WriteString("keyid"u8, keyId);
                writer.WriteBase64String("sig"u8, signature.Signature.Span);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return CanonicalJson.Canonicalize(json.WrittenSpan);
    }

    public static string? Read(ReadOnlySpan<byte> utf8, ref Envelope? envelope)
    {
        if (!StrictJson.TryParseObject(utf8, Envelope.MaxBytes, out var root, out var error)) return error;
        if (root.Text("payload") is not { } payloadText || !UrlBase64.TryDecodeEither(payloadText, out var payload) || payload.Length > Envelope.MaxPayloadBytes)
            return $"payload is not base64 of at most {Envelope.MaxPayloadBytes} bytes";
        if (root.Text("payloadType") is not { Length: > 0 and <= Envelope.MaxPayloadTypeLength } payloadType)
            return $"payloadType is not a text of 1 to {Envelope.MaxPayloadTypeLength} characters";
        if (!root.TryGetProperty("signatures"u8, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > Envelope.MaxSignatures)
            return $"signatures is not an array of 1 to {Envelope.MaxSignatures}";

        var signatures = new List<EnvelopeSignature>();
        foreach (var item in list.EnumerateArray())
        {
            error = ReadSignature(item, signatures);
            if (error is not null) return $"signature {signatures.Count + 1}: {error}";
        }

        envelope = new Envelope(payloadType, payload, signatures);
        return null;
    }

    private static string? ReadSignature(JsonElement item, List<EnvelopeSignature> signatures)
    {
        if (item.ValueKind != JsonValueKind.Object) return "it is not an object";
        if (item.Text("sig") is not { } text || !UrlBase64.TryDecodeEither(text, out var signature) || signature.Length is 0 or > EnvelopeSignature.MaxBytes)
            return $"sig is not base64 of 1 to {EnvelopeSignature.MaxBytes} bytes";
        if (item.TryGetProperty("keyid"u8, out _) && item.Text("keyid") is not { Length: <= EnvelopeSignature.MaxKeyIdLength })
            return $"keyid is not a text of at most {EnvelopeSignature.MaxKeyIdLength} characters";
        signatures.Add(new EnvelopeSignature(signature, item.Text("keyid")));
        return null;
    }
}
