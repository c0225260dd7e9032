using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Statements;

/// <summary>in-toto's Statement v1 as JSON (spec/v1/statement.md): strictly read, canonically written.</summary>
internal static class StatementJson
{
    public static byte[] Write(Statement statement)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("_type"u8, Statement.Type);
            if (!statement.Predicate.IsEmpty)
            {
                writer.WritePropertyName("predicate"u8);
                writer.WriteRawValue(statement.Predicate.Span, skipInputValidation: true);
            }

            writer.WriteString("predicateType"u8, statement.PredicateType);
            writer.WriteStartArray("subject"u8);
            foreach (var subject in statement.Subjects) Write(writer, subject);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return CanonicalJson.Canonicalize(json.WrittenSpan);
    }

    public static string? Read(ReadOnlySpan<byte> utf8, ref Statement? statement)
    {
        if (!StrictJson.TryParseObject(utf8, Statement.MaxBytes, out var root, out var error)) return error;
        if (root.Text("_type") != Statement.Type) return $"_type is not {Statement.Type}";
        if (root.Text("predicateType") is not { } predicateType || !Statement.IsPredicateType(predicateType)) return "predicateType is not a URI";
        if (!root.TryGetProperty("subject"u8, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > Statement.MaxSubjects)
            return $"subject is not an array of 1 to {Statement.MaxSubjects}";

        // Parsed from canonical text, so a value's own text is canonical too.
        byte[]? predicate = null;
        if (root.TryGetProperty("predicate"u8, out var member))
        {
            if (member.ValueKind != JsonValueKind.Object) return "predicate is not an object";
            predicate = JsonMarshal.GetRawUtf8Value(member).ToArray();
        }

        var subjects = new List<Subject>();
        foreach (var item in list.EnumerateArray())
        {
            error = ReadSubject(item, subjects);
            if (error is not null) return $"subject {subjects.Count + 1}: {error}";
        }

        statement = new Statement(subjects, predicateType, predicate);
        return null;
    }

    private static void Write(Utf8JsonWriter writer, Subject subject)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("digest"u8);
        foreach (var (algorithm, hex) in subject.Digests.ByAlgorithm) writer.WriteString(algorithm, hex);
        writer.WriteEndObject();
        if (subject.Name is { } name) writer.WriteString("name"u8, name);
        writer.WriteEndObject();
    }

    private static string? ReadSubject(JsonElement item, List<Subject> subjects)
    {
        if (item.ValueKind != JsonValueKind.Object) return "it is not an object";
        if (item.TryGetProperty("name"u8, out _) && item.Text("name") is not { Length: <= Subject.MaxNameLength })
            return $"name is not a text of at most {Subject.MaxNameLength} characters";
        if (!item.TryGetProperty("digest"u8, out var digest) || digest.ValueKind != JsonValueKind.Object) return "digest is not an object";
        if (digest.EnumerateObject().Any(each => each.Value.ValueKind != JsonValueKind.String)) return "a digest is not a text";
        if (!Digests.TryCreate(digest.EnumerateObject().Select(each => KeyValuePair.Create(each.Name, each.Value.GetString()!)), out var digests, out var error)) return error;
        subjects.Add(new Subject(item.Text("name"), digests));
        return null;
    }
}
