using System.Text.Json;
using Ledger.Intake.Documents;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.Readers;

/// <summary>
/// gitleaks' JSON report (https://github.com/gitleaks/gitleaks): an array of findings, <c>[]</c> or <c>null</c> for none. The secret itself is in it,
/// also where the message, the line or the file name repeats it: none of that is kept.
/// </summary>
internal sealed class GitleaksReader : DocumentReader
{
    // A shorter one would blot out half the words around it.
    private const int MinRepeatedSecret = 6;

    public override string Tool => "gitleaks";

    public override bool Recognises(Node root) =>
        root.IsArray && root.Element.GetArrayLength() > 0 && root.Items().All(item => item.Has("RuleID") && (item.Has("Secret") || item.Has("Match")));

    public override bool MayHaveWritten(Node root) => root.IsAbsent || (root.IsArray && root.Element.GetArrayLength() == 0);

    public override RedactionRules RulesFor(JsonElement root) => new(
        static path => path.Length == 2 && path[1] is "Secret" or "Match" or "Line",
        root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(Secret)] : null);

    public override void Read(Node root, Findings findings) => findings.Count("findings.total", root.IsArray ? root.Element.GetArrayLength() : 0);

    private static string? Secret(JsonElement finding) =>
        finding.TryGetProperty("Secret", out var secret) && secret.ValueKind == JsonValueKind.String && secret.GetString() is { Length: >= MinRepeatedSecret } text && !Placeholders.Begin(text) ? text : null;
}
