using System.Text;
using Ledger.Domain.Policies;

namespace Ledger.Intake.Policies;

/// <summary>
/// Policy documents as people write them: YAML 1.2 or JSON. Of YAML only what JSON can say as well, so that a document means one thing
/// to everyone: no anchors, aliases, tags or merge keys, and <c>no</c> and <c>on</c> are texts.
/// </summary>
public static class PolicyDocument
{
    /// <summary>The most bytes a document may have: checked before anything is parsed.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The deepest nesting of mappings and lists.</summary>
    public const int MaxDepth = PolicyJson.MaxDepth;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document and checks its policy. Safe on any bytes: whatever is wrong comes back as problems, with line and column.</summary>
    /// <param name="yamlOrJson">UTF-8, with or without a byte order mark.</param>
    public static PolicyReadResult Read(ReadOnlyMemory<byte> yamlOrJson)
    {
        if (yamlOrJson.Length > MaxBytes)
            return Refuse(PolicyProblemCodes.TooLarge, $"The document has {yamlOrJson.Length} bytes; shorten it to {MaxBytes} or fewer.");

        var bytes = yamlOrJson.Span.StartsWith(Encoding.UTF8.Preamble) ? yamlOrJson[3..] : yamlOrJson;
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes.Span);
        }
        catch (DecoderFallbackException exception)
        {
            return Refuse(PolicyProblemCodes.Syntax, $"The document is not UTF-8 (byte {exception.Index}); save it as UTF-8.");
        }

        var source = text.AsSpan().TrimStart() is ['{', ..] ? JsonSource.TryRead(bytes) ?? YamlSource.Read(text) : YamlSource.Read(text);
        return source switch
        {
            SourceReading.Unreadable unreadable => new PolicyReadResult.Refused([unreadable.Problem]),
            SourceReading.Readable readable => Read(readable),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static PolicyReadResult Read(SourceReading.Readable source)
    {
        switch (PolicyJson.Read(source.Json))
        {
            case PolicyReading.Refused refused:
                return new PolicyReadResult.Refused(Located(refused.Problems, source.Root));
            case PolicyReading.Success { Policy: var policy }:
                var problems = PolicyChecker.Check(policy);
                var located = Located(problems, source.Root);
                return problems.Any(problem => problem.Severity == ProblemSeverity.Error)
                    ? new PolicyReadResult.Refused(located)
                    : new PolicyReadResult.Read(policy, PolicyJson.Write(policy), located);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static List<PolicyDocumentProblem> Located(IReadOnlyList<PolicyProblem> problems, SourceNode root) =>
    [
        .. problems
            .Select(problem => (Problem: problem, Place: root.Find(problem.Path, problem.Code is PolicyProblemCodes.UnknownMember or PolicyProblemCodes.DuplicateKey)))
            .Select(located => new PolicyDocumentProblem(
                located.Problem.Code, located.Problem.Path, located.Place.Line, located.Place.Column, located.Problem.Message, located.Problem.Hint, located.Problem.Severity))
            .OrderBy(problem => problem.Line).ThenBy(problem => problem.Column),
    ];

    private static PolicyReadResult.Refused Refuse(string code, string message) => new([new PolicyDocumentProblem(code, "$", 1, 1, message)]);
}
