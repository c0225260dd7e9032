using System.Text.Json.Nodes;
using Ledger.GraphQL.Tests.Reference;
using Ledger.GraphQL.Tests.Types;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>Validation against graphql-js: the same rules broken, in the same words, at the same places.</summary>
public class ValidationAgreementTests
{
    private const int Generated = 1_000;
    private const int GeneratedSchemas = 12;
    private const int DocumentsPerSchema = 60;

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
    public void So_it_is_for_documents_of_schemas_at_random()
    {
        var valid = 0;
        foreach (var sdl in Enumerable.Range(1, GeneratedSchemas).Select(SchemaGenerator.RightSdl))
        {
            if (!SdlSchema.TryRead(sdl, out var schema, out _)) continue;
            List<string> texts = [.. Enumerable.Range(1, DocumentsPerSchema).Select(seed => OperationGenerator.Document(schema, seed))];
            foreach (var (text, answer) in texts.Zip(GraphQLJs.Ask("validate", texts, sdl)))
            {
                var ours = Verdict.Of(schema, Verdict.Parse(text)).Where(IsComparable).ToList();
                ours.ShouldBe(Verdict.Of(answer!).Where(IsComparable), $"{sdl}\n{text}");
                if (ours.Count == 0) valid++;
            }
        }

        valid.ShouldBeGreaterThan(GeneratedSchemas * DocumentsPerSchema / 8);
    }

    // The reference forgets that the one field must not be null where the input object itself must not be, or is in a list (§5.8.5). And it shows a value without the
    // variables in it.
    private static bool IsComparable(string line) =>
        !line.Contains("to be used for OneOf Input Object", StringComparison.Ordinal) && !line.Contains("value: {", StringComparison.Ordinal) && !line.Contains("value: [", StringComparison.Ordinal);

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
