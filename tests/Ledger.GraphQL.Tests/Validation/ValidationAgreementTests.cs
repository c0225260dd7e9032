using System.Text.Json.Nodes;
using Ledger.GraphQL.Tests.Reference;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>Validation against graphql-js: the same rules broken, in the same words, at the same places.</summary>
public class ValidationAgreementTests
{
    private const int Generated = 1_000;

    private static readonly Lazy<List<(string Text, JsonNode Answer)>> Asked = new(() =>
    {
        List<string> texts = [.. BrokenDocuments.All.Select(each => each.Text), .. Enumerable.Range(1, Generated).Select(seed => OperationGenerator.Document(ReleaseSdl.Schema, seed))];
        return [.. texts.Zip(GraphQLJs.Ask("validate", texts, ReleaseSdl.Text), (text, answer) => (text, answer!))];
    });

    [Fact]
    public void A_document_breaks_the_same_rules_in_the_same_words_at_the_same_places()
    {
        var differences = Asked.Value
            .Select(each => (each.Text, Ours: Verdict.Of(ReleaseSdl.Schema, Verdict.Parse(each.Text)), Theirs: Verdict.Of(each.Answer)))
            .Where(each => !each.Ours.SequenceEqual(each.Theirs))
            .Select(each => $"{each.Text}\nours only:\n  {string.Join("\n  ", each.Ours.Except(each.Theirs))}\ntheirs only:\n  {string.Join("\n  ", each.Theirs.Except(each.Ours))}\n");
        string.Join('\n', differences).ShouldBeEmpty();
    }

    [Fact]
    public void Among_the_documents_are_valid_ones_and_some_that_break_each_rule()
    {
        Asked.Value.Count(each => each.Answer.AsObject().Count == 0).ShouldBeGreaterThan(Generated / 4);
        var broken = Asked.Value.SelectMany(each => each.Answer.AsObject().Select(rule => rule.Key)).ToHashSet();
        Ledger.GraphQL.Validation.ValidationRules.Specification
            .Select(rule => rule.Name.Replace("OnDirectives", "", StringComparison.Ordinal)).Except(broken)
            .ShouldBe(["KnownOperationTypes"], "the schema has all kinds of operation");
    }
}
