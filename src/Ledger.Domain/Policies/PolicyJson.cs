using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain.Policies.Reading;

namespace Ledger.Domain.Policies;

/// <summary>
/// A policy as JSON. Reading is strict: a member that no policy has is refused, not skipped, because a misspelt demand would be
/// a demand that is never made. Writing gives the normal form: every default spelt out, so that two documents that mean the same
/// have the same digest.
/// </summary>
public static class PolicyJson
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most problems that one reading reports.</summary>
    public const int MaxProblems = 100;

    // Relaxed escaping: read by people and by canonicalisation, never put into HTML.
    private static readonly PolicyJsonContext Normal = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static readonly PolicyJsonContext Indented = new(new JsonSerializerOptions(Normal.Options) { TypeInfoResolver = null, WriteIndented = true, NewLine = "\n" });

    /// <summary>Reads a policy. Safe on any bytes: whatever is wrong comes back as problems.</summary>
    /// <param name="utf8">JSON (RFC 8259) in UTF-8, in the normal form or in the shorter form of documents.</param>
    public static PolicyReading Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? $" (line {line + 1}, byte {exception.BytePositionInLine + 1})" : "";
            return new PolicyReading.Refused([new PolicyProblem(
                PolicyProblemCodes.Syntax, "$", $"This is not JSON nested at most {MaxDepth} deep{place}; correct it.")]);
        }
    }

    /// <summary>Reads a policy from a JSON value that was parsed already.</summary>
    public static PolicyReading Read(JsonElement element)
    {
        var problems = new List<PolicyProblem>();
        var policy = PolicyReader.Read(new JsonValue(element, "$", problems));
        return policy is not null && problems.Count == 0
            ? new PolicyReading.Success(policy)
            : new PolicyReading.Refused([.. problems.Take(MaxProblems)]);
    }

    /// <summary>Writes the normal form in UTF-8: camelCase, defaults spelt out, absent members left out, no white space.</summary>
    /// <returns>The same bytes for the same policy, always; reading them gives an equal policy.</returns>
    public static byte[] Write(Policy policy) => JsonSerializer.SerializeToUtf8Bytes(policy, Normal.Policy);

    /// <summary>The normal form with line breaks, for people.</summary>
    public static string WriteIndented(Policy policy) => JsonSerializer.Serialize(policy, Indented.Policy);
}
