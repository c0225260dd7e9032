using System.Buffers;
using System.Text.Json;
using Ledger.Domain.Policies;
using Ledger.Intake.Policies;
using Ledger.Server.Http;

namespace Ledger.Server.Policies;

/// <summary>
/// A policy document with the personal data and secrets in its texts replaced: escalation lists and commands like to carry some, and the log
/// keeps what it is given.
/// </summary>
internal sealed record RedactedPolicy(Policy Policy, JsonElement Document)
{
    /// <summary>Reads, checks and redacts a document.</summary>
    public static Attempt<RedactedPolicy> Read(ReadOnlyMemory<byte> document)
    {
        switch (PolicyDocument.Read(document))
        {
            case PolicyReadResult.Read read:
                var normal = JsonElement.Parse(Redact(read.Json));

                // Read again: the policy that decides is the one that is stored.
                return PolicyJson.Read(normal) is PolicyReading.Success redacted
                    ? new RedactedPolicy(redacted.Policy, JsonElement.Parse(PolicyJson.Write(redacted.Policy)))
                    : Refuse(PersonalName);
            case PolicyReadResult.Refused refused:
                return Refuse([.. refused.Problems.Select(problem =>
                    new DocumentProblem(problem.Code, problem.Path, problem.Message, problem.Hint, problem.Severity, problem.Line, problem.Column))]);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static readonly HashSet<string> Shape = new(StringComparer.Ordinal)
    {
        PolicyProblemCodes.Empty, PolicyProblemCodes.TooLarge, PolicyProblemCodes.Syntax, PolicyProblemCodes.TooDeep, PolicyProblemCodes.DuplicateKey,
        PolicyProblemCodes.UnsupportedYaml, PolicyProblemCodes.UnknownMember, PolicyProblemCodes.MissingMember, PolicyProblemCodes.WrongType, PolicyProblemCodes.InvalidValue,
    };

    private static IReadOnlyList<DocumentProblem> PersonalName { get; } =
        [Problems.Error(PolicyProblemCodes.PersonalData, "$", "A name in the document is personal data or a secret; name the thing by what it is.")];

    // A document that has a policy's shape but can never be met is another mistake than one that has not.
    private static Problem Refuse(IReadOnlyList<DocumentProblem> problems)
    {
        var first = problems.First(problem => problem.Severity == ProblemSeverity.Error);
        var code = Shape.Contains(first.Code) ? "policy_malformed" : "policy_unsatisfiable";
        return new Problem(StatusCodes.Status422UnprocessableEntity, code, $"{first.Path}: {first.Message}", first.Hint) { Problems = problems };
    }

    private static byte[] Redact(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2 * PolicyDocument.MaxDepth });
        var output = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(output)) Write(writer, document.RootElement);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(FreeText.Redact(element.GetString()));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
