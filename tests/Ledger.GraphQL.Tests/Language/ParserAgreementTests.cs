using System.Text.Json.Nodes;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Tests.Reference;

namespace Ledger.GraphQL.Tests.Language;

/// <summary>The parser against graphql-js: the same trees at the same places, the same refusals with the same words, the same print.</summary>
public class ParserAgreementTests
{
    private const int Generated = 3_000;

    private static readonly Lazy<(IReadOnlyList<string> Texts, JsonArray Answers)> Asked = new(() =>
    {
        List<string> texts = [.. Documents.All, .. Enumerable.Range(1, Generated).Select(DocumentGenerator.Document)];
        return (texts, GraphQLJs.Ask("parse", texts));
    });

    [Fact]
    public void What_is_accepted_has_the_same_tree()
    {
        var accepted = 0;
        foreach (var (text, answer) in Answers().Where(each => each.Answer["tree"] is not null))
        {
            var document = Parsed(text);
            JsonNode.DeepEquals(TreeJson.Of(document), answer["tree"]).ShouldBeTrue($"{text}\n{answer["tree"]!.ToJsonString()}\n{TreeJson.Of(document).ToJsonString()}");
            accepted++;
        }

        accepted.ShouldBeGreaterThan(Generated / 4);
    }

    [Fact]
    public void What_is_refused_is_refused_at_the_same_place_with_the_same_words()
    {
        var refused = 0;
        foreach (var (text, answer) in Answers().Where(each => each.Answer["error"] is not null))
        {
            GraphQLParser.Parse(text, ParseLimits.Schema).IsAccepted(out _, out var error).ShouldBeFalse(text);
            error!.Message.ShouldBe((string)answer["error"]!["message"]!, text);
            error.Locations.Select(location => location.ToString()).ShouldBe(answer["error"]!["at"]!.AsArray().Select(at => (string)at!), text);
            refused++;
        }

        refused.ShouldBeGreaterThan(Generated / 10);
    }

    [Fact]
    public void What_is_accepted_is_printed_the_same()
    {
        foreach (var (text, answer) in Answers().Where(each => each.Answer["tree"] is not null))
            SyntaxPrinter.Print(Parsed(text)).ShouldBe((string)answer["printed"]!, text);
    }

    private static Ledger.GraphQL.Language.Syntax.DocumentNode Parsed(string text)
    {
        GraphQLParser.Parse(text, ParseLimits.Schema).IsAccepted(out var document, out var error).ShouldBeTrue($"{text}\n{error}");
        return document!;
    }

    private static IEnumerable<(string Text, JsonObject Answer)> Answers() =>
        Asked.Value.Texts.Zip(Asked.Value.Answers, (text, answer) => (text, answer!.AsObject()));
}
