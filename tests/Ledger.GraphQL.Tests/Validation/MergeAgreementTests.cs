using Ledger.GraphQL.Tests.Reference;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>Merging of fields against graphql-js: groups compared once against every pair compared.</summary>
public class MergeAgreementTests
{
    private const int Generated = 1_000;
    private const string Rule = "OverlappingFieldsCanBeMerged";

    private static readonly ValidationOptions OnlyMerging =
        new() { Rules = new RuleSet(ValidationRules.Specification.Single(rule => rule.Name == Rule)), ErrorsMax = int.MaxValue };

    [Fact]
    public void The_same_fields_conflict_for_the_same_reasons()
    {
        List<string> texts = [.. Enumerable.Range(1, Generated).Select(MergeGenerator.Document)];
        var conflicting = 0;
        foreach (var (text, answer) in texts.Zip(GraphQLJs.Ask("validate", texts, ReleaseSdl.Text)))
        {
            var ours = DocumentValidator.Validate(ReleaseSdl.Schema, Verdict.Parse(text), OnlyMerging);
            var theirs = answer![Rule]?.AsArray().Select(error => $"{error!["message"]} ({string.Join(", ", error["at"]!.AsArray())})") ?? [];
            ours.Select(error => error.ToString()).ShouldBe(theirs, text);
            if (!ours.IsEmpty) conflicting++;
        }

        conflicting.ShouldBeInRange(Generated / 5, Generated * 4 / 5);
    }
}
