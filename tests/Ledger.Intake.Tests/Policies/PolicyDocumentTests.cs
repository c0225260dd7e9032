using System.Text;
using Ledger.Domain.Policies;
using Ledger.Intake.Policies;

namespace Ledger.Intake.Tests.Policies;

public sealed class PolicyDocumentTests
{
    private const string Small = """
        name: small
        gates:
          - name: load
            tool: k6
            criteria:
              - { metric: http_req_failed.rate, comparator: "<", threshold: 0.5% }
        """;

    [Fact]
    public void A_small_document_means_what_it_leaves_out()
    {
        var policy = Accepted(Small);
        policy.Title.ShouldBe("small");
        policy.SignOff.ShouldBeEmpty();
        policy.SeparationOfDuties.ShouldBe(SeparationOfDuties.None);
        policy.Emergency.Allowed.ShouldBeFalse();
        var gate = policy.Gates.ShouldHaveSingleItem();
        gate.Kind.ShouldBe(GateKind.Report);
        (gate.Required, gate.Waivable, gate.Title).ShouldBe((true, true, "load"));
        gate.Criteria[0].ToString().ShouldBe("k6 http_req_failed.rate < 0.5%");
    }

    [Fact]
    public void Checks_may_be_written_as_plain_texts_and_commands_without_a_list()
    {
        var gate = Accepted("""
            name: redis
            gates:
              - name: redis-persistence
                checks: [AOF enabled, "Maxmemory policy: noeviction"]
                validate: redis-cli CONFIG GET save
            """).Gates[0];
        gate.Kind.ShouldBe(GateKind.Attestation);
        gate.Checks.Select(check => (check.Name, check.Title)).ShouldBe([("aof-enabled", "AOF enabled"), ("maxmemory-policy-noeviction", "Maxmemory policy: noeviction")]);
        gate.Validate.ShouldBe(["redis-cli CONFIG GET save"]);
    }

    [Fact]
    public void The_same_policy_in_JSON_and_in_YAML_has_the_same_bytes()
    {
        const string Json = """
            { "gates": [ { "tool": "k6", "name": "load", "required": true,
            	"criteria": [ { "metric": "http_req_failed.rate", "comparator": "<", "threshold": "0.5%" } ] } ], "name": "small" }
            """;
        Read(Json).ShouldBeOfType<PolicyReadResult.Read>().Json.ToArray().ShouldBe(Read(Small).ShouldBeOfType<PolicyReadResult.Read>().Json.ToArray());
    }

    [Theory]
    [InlineData("on")]
    [InlineData("no")]
    [InlineData("1_000")]
    [InlineData("12:30:45")]
    [InlineData("2023-11-20")]
    [InlineData("'true'")]
    [InlineData("\"5\"")]
    public void What_only_YAML_1_1_or_nobody_takes_for_something_else_is_a_text(string scalar) =>
        Accepted(Small + $"\ndescription: {scalar}").Description.ShouldBe(scalar.Trim('\'', '"'));

    [Theory]
    [InlineData("true")]
    [InlineData("5")]
    [InlineData("-1.5e3")]
    public void What_JSON_takes_for_something_else_is_no_text(string scalar)
    {
        var problem = Problems(Small + $"\ndescription: {scalar}").ShouldHaveSingleItem();
        (problem.Code, problem.Path, problem.Line, problem.Column).ShouldBe((PolicyProblemCodes.WrongType, "$.description", 7, 14));
    }

    [Theory]
    [InlineData("007")]
    [InlineData("0x1F")]
    [InlineData("0o17")]
    [InlineData("+5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(".inf")]
    [InlineData(".NaN")]
    public void Numbers_that_readers_disagree_about_are_refused(string scalar) =>
        Problems(Small + $"\ndescription: {scalar}").ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.InvalidValue);

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n...\n")]
    [InlineData("\uFEFF")]
    public void An_empty_document_is_refused(string text) => Problems(text).ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.Empty);

    [Theory]
    [InlineData("just a text")]
    [InlineData("[1, 2]")]
    [InlineData("42")]
    [InlineData("null x")]
    public void A_document_that_is_no_mapping_is_refused(string text) => Problems(text).ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.WrongType);

    [Theory]
    [InlineData("name: &a x\ntitle: *a", "unsupported_yaml")]
    [InlineData("name: x\ntitle: *a", "unsupported_yaml")]
    [InlineData("name: !!str x", "unsupported_yaml")]
    [InlineData("name: !custom x", "unsupported_yaml")]
    [InlineData("!!map {name: x}", "unsupported_yaml")]
    [InlineData("a: {b: c}\n<<: {name: x}", "unsupported_yaml")]
    [InlineData("name: x\n---\nname: y", "unsupported_yaml")]
    [InlineData("? [a, b]\n: c", "unsupported_yaml")]
    [InlineData("%YAML 1.1\n---\nname: x", "unsupported_yaml")]
    [InlineData("%YAML 99999999999.1\n---\nname: x", "syntax_error")]
    [InlineData("name: \"unclosed", "syntax_error")]
    [InlineData("name: [unclosed", "syntax_error")]
    [InlineData("name: x\n\ttitle: tab", "syntax_error")]
    [InlineData("a: b: c", "syntax_error")]
    [InlineData("name: \"\\q\"", "syntax_error")]
    [InlineData(": nothing", "syntax_error")]
    [InlineData("{\"name\": \"x\", }}", "syntax_error")]
    [InlineData("name: x\nname: y", "duplicate_key")]
    [InlineData("{\"name\": \"x\", \"name\": \"y\"}", "duplicate_key")]
    [InlineData("name: x\nsuccess: [{name: a, name: b}]", "duplicate_key")]
    [InlineData("name: \"\\ud800\"", null)]
    [InlineData("{\"name\": \"\\ud800\"}", "invalid_value")]
    [InlineData("{\"\\ud800\": 1}", null)]
    [InlineData("name: \"a\\0b\"", "invalid_value")]
    [InlineData("name:", "missing_member")]
    public void Oddities_come_back_as_problems(string text, string? code)
    {
        var problems = Problems(text);
        problems.ShouldNotBeEmpty();
        if (code is not null) problems.Select(problem => problem.Code).ShouldContain(code);
        problems.ShouldAllBe(problem => problem.Line >= 1 && problem.Column >= 1 && problem.Message.Length > 10);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        Problems([.. "name: "u8, 0xC3, 0x28]).ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.Syntax);
        Problems(Encoding.Unicode.GetBytes("\uFEFFname: x")).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Accepted("\uFEFF" + Small).Name.ShouldBe("small");

    [Fact]
    public void A_document_one_byte_too_large_is_refused_unread()
    {
        var exact = Encoding.UTF8.GetBytes(Small + "\n#".PadRight(PolicyDocument.MaxBytes - Small.Length, '-'));
        exact.Length.ShouldBe(PolicyDocument.MaxBytes);
        PolicyDocument.Read(exact).ShouldBeOfType<PolicyReadResult.Read>();
        Problems([.. exact, (byte)'-']).ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.TooLarge);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(100_000, true)]
    public void Nesting_is_limited(int lists, bool refused)
    {
        var text = "name: " + new string('[', lists) + new string(']', lists);
        Problems(text).Any(problem => problem.Code == PolicyProblemCodes.TooDeep).ShouldBe(refused);
        Problems("{\"name\": " + text[6..] + "}").ShouldNotBeEmpty();
    }

    [Fact]
    public void Many_long_paths_do_not_outgrow_memory()
    {
        var text = string.Concat(Enumerable.Repeat("{" + new string('k', 3_000) + ": ", 20)) + "[" + string.Join(',', Enumerable.Repeat("0", 80_000)) + "]" + new string('}', 20);
        Problems(text).ShouldNotBeEmpty();
    }

    [Fact]
    public void Problems_say_where_and_what_to_write_instead()
    {
        var problems = Problems("""
            name: small
            gates:
              - name: load
                tool: k6
                critera: []
                criteria:
                  - { metric: http_req_failed.rate, comparator: "=<", threshold: fast }
                  - { comparator: "<", threshold: 1 }
            """);
        problems.Select(problem => (problem.Code, problem.Path, problem.Line)).ShouldBe(
        [
            (PolicyProblemCodes.UnknownMember, "$.gates[0].critera", 5),
            (PolicyProblemCodes.InvalidValue, "$.gates[0].criteria[0].comparator", 7),
            (PolicyProblemCodes.InvalidValue, "$.gates[0].criteria[0].threshold", 7),
            (PolicyProblemCodes.MissingMember, "$.gates[0].criteria[1]", 8),
        ]);
        problems[0].Hint!.ShouldStartWith("did you mean 'criteria'?");
        problems[0].ToString().ShouldStartWith("5:5: error: 'critera' is not known here");
    }

    [Fact]
    public void What_the_checker_finds_has_its_place_too()
    {
        var problem = Problems(Small.Replace("http_req_failed.rate", "http_req_faild", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (problem.Code, problem.Path, problem.Line, problem.Column).ShouldBe((PolicyProblemCodes.UnknownMetric, "$.gates[0].criteria[0].metric", 6, 19));
    }

    [Fact]
    public void JSON_has_lines_and_columns_as_well()
    {
        var problem = Problems("{\n  \"name\": \"é\", \"gates\": [\n  { \"name\": 5 } ]\n}").First(problem => problem.Code == PolicyProblemCodes.WrongType);
        (problem.Path, problem.Line, problem.Column).ShouldBe(("$.gates[0].name", 3, 13));
    }

    [Fact]
    public void An_empty_holders_member_is_ambiguous_and_refused() =>
        Problems(Small + "\nroles:\n  - name: lead\n    holders:").ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.InvalidValue);

    [Fact]
    public void A_text_that_is_written_backwards_is_refused() =>
        Problems(Small + "\ndescription: \"approved \u202Ereversed\"").ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.InvalidValue);

    [Fact]
    public void Line_breaks_of_either_kind_and_block_scalars_mean_the_same()
    {
        var text = Small + "\ndescription: |\n  Two lines,\n  one text.\n";
        Accepted(text).Description.ShouldBe("Two lines,\none text.");
        Read(text.ReplaceLineEndings("\r\n")).ShouldBeOfType<PolicyReadResult.Read>().Json.ToArray().ShouldBe(Read(text).ShouldBeOfType<PolicyReadResult.Read>().Json.ToArray());
    }

    [Fact]
    public void Warnings_do_not_refuse()
    {
        var read = Read(Small.Replace("\"<\", threshold: 0.5%", "\"<=\", threshold: 100%", StringComparison.Ordinal)).ShouldBeOfType<PolicyReadResult.Read>();
        read.Warnings.ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.AlwaysHolds);
    }

    [Fact]
    public void No_damage_to_a_document_makes_the_reader_throw()
    {
        var random = new Random(20231120); // a fixed seed: the same damage every time
        byte[] odd = [0, 9, 10, 32, 33, 34, 38, 39, 42, 45, 58, 60, 62, 63, 91, 92, 93, 123, 124, 125, 128, 255];
        var original = PolicyFiles.Full();
        for (var round = 0; round < 3_000; round++)
        {
            var damaged = original.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = odd[random.Next(odd.Length)];
            if (PolicyDocument.Read(damaged) is PolicyReadResult.Refused refused) refused.Problems.ShouldNotBeEmpty();
            PolicyJson.Read(damaged).ShouldNotBeNull();
        }
    }

    private static PolicyReadResult Read(string text) => PolicyDocument.Read(Encoding.UTF8.GetBytes(text));

    private static Policy Accepted(string text)
    {
        var result = Read(text);
        if (result is PolicyReadResult.Refused refused) Assert.Fail(string.Join('\n', refused.Problems));
        return ((PolicyReadResult.Read)result).Policy;
    }

    private static IReadOnlyList<PolicyDocumentProblem> Problems(string text) => Problems(Encoding.UTF8.GetBytes(text));

    private static IReadOnlyList<PolicyDocumentProblem> Problems(byte[] bytes) => PolicyDocument.Read(bytes).ShouldBeOfType<PolicyReadResult.Refused>().Problems;
}
