using System.Text.Json.Nodes;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>What breaks each rule by itself, as lines that can be compared: the rule, the message, the places.</summary>
internal static class Verdict
{
    private static readonly Dictionary<string, ValidationOptions> OneByOne = ValidationRules.All.ToDictionary(
        rule => rule.Name, rule => new ValidationOptions { Rules = new RuleSet(rule), ErrorsMax = int.MaxValue, Suggest = true });

    public static IReadOnlyList<string> Of(Schema schema, DocumentNode document) =>
    [
        .. OneByOne.SelectMany(each => DocumentValidator.Validate(schema, document, each.Value).Select(error => Line(each.Key, error.Message, error.Locations)))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> OfTypeSystem(DocumentNode document) =>
        [.. DocumentValidator.ValidateTypeSystem(document).Select(error => Line("", error.Message, error.Locations)).Order(StringComparer.Ordinal)];

    /// <summary>The same of graphql-js's answer.</summary>
    public static IReadOnlyList<string> Of(JsonNode answer, bool namesRules = true) =>
    [
        .. answer.AsObject().SelectMany(rule => rule.Value!.AsArray().Select(error => Line(
                namesRules ? rule.Key : "", (string)error!["message"]!, error["at"]!.AsArray().Select(at => (string)at!))))
            .Order(StringComparer.Ordinal),
    ];

    public static DocumentNode Parse(string text, ParseLimits? limits = null)
    {
        GraphQLParser.Parse(text, limits ?? ParseLimits.Schema).IsAccepted(out var document, out var error).ShouldBeTrue($"{error}\n{text[..Math.Min(text.Length, 500)]}");
        return document!;
    }

    // graphql-js has one rule for fields and directives where there are two here.
    private static string Line<T>(string rule, string message, IEnumerable<T> at) =>
        $"{rule.Replace("OnDirectives", "", StringComparison.Ordinal)}: {message} ({string.Join(' ', at)})";
}
