using System.Collections.Immutable;
using System.Text;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>
/// Documents that are made to cost: what they cost is counted in steps and bytes, never in time. They are parsed without the limits of a
/// request, which most of them would not pass, so that validation stands by itself.
/// </summary>
public class HostileDocumentTests
{
    private static readonly ParseLimits Wide = ParseLimits.Schema with { FieldsMax = 1_000_000, DirectivesPerLocationMax = 100_000, VariablesMax = 100_000 };

    [Fact]
    public void Twenty_thousand_times_the_same_leaf_is_merged_in_a_few_steps_each()
    {
        var work = new ValidationWork();
        Validate($"{{ {Repeat("__typename ", 20_000)}}}", work).ShouldBeEmpty();
        work.MergeComparisons.ShouldBeLessThan(20_000 * 4);
        work.NodesVisited.ShouldBeLessThan(20_000 * 2);
    }

    [Fact]
    public void Twenty_thousand_times_the_same_object_is_merged_in_a_few_steps_each()
    {
        var work = new ValidationWork();
        Validate($"{{ {Repeat("signer { id } ", 10_000)}}}", work).ShouldBeEmpty();
        work.MergeComparisons.ShouldBeLessThan(10_000 * 7);
    }

    [Fact]
    public void Nested_inline_fragments_of_one_response_name_stay_within_the_comparisons()
    {
        var work = new ValidationWork();
        Validate($"{{ {Repeat($"{Repeat("... { ", 100)} signer {{ id }} {Repeat("} ", 100)}", 200)} }}", work).ShouldBeEmpty();
        work.MergeComparisons.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Merging_that_costs_more_than_its_limit_is_refused()
    {
        var text = $"{{ {Repeat("__typename ", 5_000)}}}";
        var error = Validate(text, options: new ValidationOptions { MergeComparisonsMax = 1_000 }).ShouldHaveSingleItem();
        error.Code.ShouldBe(ErrorCodes.ValidationLimit);
        error.Message.ShouldBe("Document needs more than 1000 comparisons to see whether its fields can be merged.");
    }

    // What may apply is split by type at every level, and each half is another choice of fragments: 2^20 sets of fields, were there no limit.
    [Fact]
    public void Sets_of_fields_that_double_at_every_level_end_at_the_limit()
    {
        const int Width = 20;
        var schema = SdlSchema.Read("interface N { n: N } type X implements N { n: N } type Y implements N { n: N } type Query { n: N }");
        var random = new Random(1);
        var text = new StringBuilder("{ n {").AppendJoin(' ', Enumerable.Range(0, Width / 2).Select(i => $"...F0_{i}")).Append("} }");
        for (var level = 0; level < Width; level++)
        {
            var (x, y) = (Enumerable.Range(0, Width).ToArray(), Enumerable.Range(0, Width).ToArray());
            random.Shuffle(x);
            random.Shuffle(y);
            for (var i = 0; i < Width; i++)
                text.Append($" fragment F{level}_{i} on N {{ ... on X {{ n {{ ...F{level + 1}_{x[i]} }} }} ... on Y {{ n {{ ...F{level + 1}_{y[i]} }} }} }}");
        }

        for (var i = 0; i < Width; i++) text.Append($" fragment F{Width}_{i} on N {{ __typename }}");
        var work = new ValidationWork();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var errors = DocumentValidator.Validate(schema, Verdict.Parse(text.ToString(), Wide), work: work);
        errors.ShouldHaveSingleItem().Message.ShouldBe("Document needs more than 100000 comparisons to see whether its fields can be merged.");
        work.MergeComparisons.ShouldBeInRange(100_001, 100_010);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100 << 20);
    }

    [Fact]
    public void Ten_thousand_conflicts_cost_no_more_than_the_limit_and_give_five_errors()
    {
        var text = $"{{ {string.Concat(Enumerable.Range(0, 10_000).Select(i => $"x: any(list: {i}) "))}}}";
        var before = GC.GetAllocatedBytesForCurrentThread();
        Validate(text).Length.ShouldBe(5);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100 << 20);
    }

    [Theory]
    [InlineData("{ ...F0 } ", "fragment F# on Query { ...F+ ...F+ } ")]
    [InlineData("{ named { ... on Release { ...F0 } } } ", "fragment F# on Release { parent { ...F+ } p: parent { ...F+ } } ")]
    [InlineData("{ named { ... on Release { ...F0 } } } ", "fragment F# on Release { parent { ...F+ } parent { ...F+ } } ")]
    public void Fragments_that_double_thirty_times_cost_no_more_than_their_text(string operation, string fragment)
    {
        var work = new ValidationWork();
        var leaf = fragment.Contains("Release", StringComparison.Ordinal) ? "fragment F30 on Release { id }" : "fragment F30 on Query { __typename }";
        Validate(operation + Chain(fragment, 30) + leaf, work).ShouldBeEmpty();
        (work.NodesVisited + work.FragmentVisits + work.MergeComparisons).ShouldBeLessThan(2_000);
    }

    [Theory]
    [InlineData("fragment F# on Query { ...F+ } ", "fragment F10000 on Query { __typename }")]
    [InlineData("fragment F# on Query { ...F+ ...F+ x: any } ", "fragment F10000 on Query { __typename }")]
    [InlineData("fragment F# on Query { ...F+ } ", "fragment F10000 on Query { ...F0 }")]
    [InlineData("fragment F# on Query { ...F+ } ", "fragment F10000 on Query { x: any x: named { id } }")]
    public void A_chain_of_ten_thousand_fragments_overflows_no_stack(string fragment, string last)
    {
        var text = $"{{ ...F0 }} {Chain(fragment, 10_000)}{last}";
        var options = Lenient with { ErrorsMax = 3, DepthMax = 5, AliasesMax = 50_000, RootFieldsMax = 5, IntrospectionDepthMax = 2 };
        OnSmallStack(() => Validate(text, options: options).Length).ShouldBe(last.Contains("F0", StringComparison.Ordinal) || last.Contains("named", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public void Fields_that_nest_through_ten_thousand_fragments_overflow_no_stack()
    {
        var text = $"{{ named {{ ... on Release {{ parent {{ ...F0 }} parent {{ ...G0 }} }} }} }} {Chain("fragment F# on Release { parent { ...F+ } } ", 10_000)}{Chain("fragment G# on Release { parent { ...G+ } } ", 10_000)}fragment F10000 on Release {{ x: name }} fragment G10000 on Release {{ x: name(short: true) }}";
        var errors = OnSmallStack(() => Validate(text, options: Lenient with { DepthMax = 100 }));
        errors.Select(error => error.Code).ShouldBe([ErrorCodes.ValidationFailed, ErrorCodes.DepthLimit]);
        errors[0].Message.ShouldContain("they have differing arguments");
    }

    [Fact]
    public void The_visits_of_fragments_are_limited()
    {
        var text = string.Concat(Enumerable.Range(0, 40).Select(i => $"query Q{i} {{ ...F0 }} ")) + Chain("fragment F# on Query { ...F+ } ", 30) + "fragment F30 on Query { __typename }";
        var work = new ValidationWork();
        var error = Validate(text, work).ShouldHaveSingleItem();
        error.Code.ShouldBe(ErrorCodes.ValidationLimit);
        error.Message.ShouldBe("Document visits fragments more than 1000 times.");
        work.FragmentVisits.ShouldBe(1_001);
    }

    [Fact]
    public void The_uses_of_variables_are_limited()
    {
        var text = $"{string.Concat(Enumerable.Range(0, 400).Select(i => $"query Q{i}($v: Int) {{ ...F }} "))}fragment F on Query {{ any(list: [{Repeat("$v ", 10_000)}]) }}";
        Validate(text).ShouldHaveSingleItem().Message.ShouldBe("Document uses variables more than 100000 times.");
    }

    [Fact]
    public void Circles_of_fragments_are_errors_and_nothing_else()
    {
        Validate("{ named { ...A } } fragment A on Node { ...A }").ShouldHaveSingleItem();
        Validate("{ named { ...A } } fragment A on Release { parent { ...B } } fragment B on Release { parent { ...A } }").ShouldHaveSingleItem();
        Validate("subscription { ...A } fragment A on Subscription { release { id } ...A }").ShouldHaveSingleItem();
    }

    [Fact]
    public void Fifty_thousand_directives_are_five_errors()
    {
        var work = new ValidationWork();
        Validate($"{{ any {Repeat("@skip(if: true) ", 5_000)}}}", work).Length.ShouldBe(5);
        Validate($"{{ any {Repeat("@nothing ", 50_000)}}}", work).Length.ShouldBe(5);
        work.NodesVisited.ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData("{{ any({0}) }}", "list: 1 ")]
    [InlineData("{{ any(value: {{{0}}}) }}", "a: 1 ")]
    [InlineData("{{ release(id: 1) {{ gates(filter: {{{0}}}) {{ id }} }} }}", "unknown: {a: [1, 2, 3]} ")]
    [InlineData("{{ release(id: [{0}]) {{ id }} }}", "{a: 1} ")]
    [InlineData("query ({0}) {{ any }}", "$v: Int ")]
    [InlineData("{0}", "query Q { any } ")]
    [InlineData("{{ any }} {0}", "fragment F on Query { ...F } ")]
    public void Ten_thousand_of_anything_cost_little_and_give_short_errors(string format, string unit)
    {
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Repeat(unit, 10_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var errors = Validate(text, options: new ValidationOptions { Suggest = true });
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        errors.Length.ShouldBeInRange(1, 5);
        errors.ShouldAllBe(error => error.Message.Length <= 4_001 && error.Locations.Length <= 50);
        allocated.ShouldBeLessThan(40 << 20);
    }

    [Fact]
    public void A_deep_literal_is_shown_in_time_that_grows_with_its_text()
    {
        var deep = $"{Repeat("[", 190)}\"{new string('x', 100)}\"{Repeat("]", 190)}";
        var before = GC.GetAllocatedBytesForCurrentThread();
        Validate($"{{ release(id: {deep}) {{ id }} }}").ShouldHaveSingleItem().Message.ShouldStartWith("ID cannot represent a non-string and non-integer value: [\n  [");
        Validate($"{{ release(id: {deep.Replace("\"" + new string('x', 100) + "\"", Repeat("1 ", 30_000), StringComparison.Ordinal)}) {{ id }} }}")
            .ShouldHaveSingleItem().Message.ShouldBe("ID cannot represent a non-string and non-integer value: […]");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(60 << 20);
    }

    [Fact]
    public void A_name_as_long_as_the_document_is_cut_in_the_message()
    {
        var name = new string('n', 200_000);
        Validate($"{{ {name} {name}: any {name}: named {{ id }} }} ", options: new ValidationOptions { Suggest = true })
            .ShouldAllBe(error => error.Message.Length <= 4_001);
    }

    private static ValidationOptions Lenient => new() { FragmentVisitsMax = 100_000, MergeComparisonsMax = 10_000_000 };

    private static ImmutableArray<GraphQLError> Validate(string text, ValidationWork? work = null, ValidationOptions? options = null) =>
        DocumentValidator.Validate(ReleaseSdl.Schema, Verdict.Parse(text, Wide), options, work);

    private static string Chain(string fragment, int length) => string.Concat(Enumerable.Range(0, length).Select(i =>
        fragment.Replace("#", $"{i}", StringComparison.Ordinal).Replace("+", $"{i + 1}", StringComparison.Ordinal)));

    // A quarter of the smallest stack that a request may find itself on.
    private static T OnSmallStack<T>(Func<T> work)
    {
        T? result = default;
        var thread = new Thread(() => result = work(), 384 << 10);
        thread.Start();
        thread.Join();
        return result!;
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
