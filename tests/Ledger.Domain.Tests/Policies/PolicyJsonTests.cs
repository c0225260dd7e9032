using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using static Ledger.Domain.Tests.Policies.PolicyFixture;

namespace Ledger.Domain.Tests.Policies;

public sealed class PolicyJsonTests
{
    private static readonly Policy WithRules = Sound with
    {
        Analyses = [Analysis("a", "m")],
        Rollback = Rollback(
            new RollbackRule.Sustained("s", "S", "m", Comparator.Greater, Quantity("1%"), Quantity("5min")),
            new RollbackRule.FailuresInARow("f", "F", 2, "a"),
            new RollbackRule.Occurrences("o", "O", "m", 5, Quantity("5min")),
            new RollbackRule.AboveBaseline("b", "B", "m", 2.5m)),
    };

    [Fact]
    public void What_was_written_reads_back_to_the_same_bytes()
    {
        var written = PolicyJson.Write(WithRules);
        PolicyJson.Write(Read(written)).ShouldBe(written);
        Read(written).Rollback!.Rules.ShouldBe(WithRules.Rollback!.Rules);
    }

    [Fact]
    public void The_serializer_reads_a_stored_policy_whatever_the_order_of_its_members()
    {
        var sorted = Sorted(JsonNode.Parse(PolicyJson.Write(WithRules))!);
        var policy = JsonSerializer.Deserialize<Policy>(sorted.ToJsonString())!;
        PolicyJson.Write(policy).ShouldBe(PolicyJson.Write(WithRules));
    }

    [Fact]
    public void The_normal_form_spells_defaults_out() =>
        Encoding.UTF8.GetString(PolicyJson.Write(Read("""{"name":"p","gates":[{"name":"g"}]}"""u8.ToArray()))).ShouldBe(
            """{"name":"p","title":"p","services":[],"gates":[{"name":"g","kind":"attestation","title":"g","required":true,"waivable":true,"criteria":[],"checks":[],"validate":[]}],"noGo":[],"roles":[],"signOff":[],"separationOfDuties":{"openerMaySign":true,"reporterMaySign":true,"openedBy":[],"reportedBy":[]},"emergency":{"allowed":false},"analyses":[],"success":[],"objectives":[],"procedures":[],"documents":[]}""");

    [Fact]
    public void An_empty_list_of_holders_stays_apart_from_none()
    {
        var policy = Read("""{"name":"p","roles":[{"name":"a","holders":[]},{"name":"b"}]}"""u8.ToArray());
        policy.Roles[0].Holders.ShouldBe([]);
        policy.Roles[1].Holders.ShouldBeNull();
        PolicyJson.Write(Read(PolicyJson.Write(policy))).ShouldBe(PolicyJson.Write(policy));
    }

    [Fact]
    public void Every_problem_is_reported_not_only_the_first() =>
        Problems("""{"titel":"x","gates":[{"name":5,"required":"yes"},{"name":"g","kind":"reprot"}],"signOff":[{"name":"s","quorum":1.5}]}""")
            .Select(problem => (problem.Code, problem.Path)).ShouldBe(
            [
                (PolicyProblemCodes.MissingMember, "$"),
                (PolicyProblemCodes.WrongType, "$.gates[0].name"),
                (PolicyProblemCodes.WrongType, "$.gates[0].required"),
                (PolicyProblemCodes.InvalidValue, "$.gates[1].kind"),
                (PolicyProblemCodes.WrongType, "$.signOff[0].quorum"),
                (PolicyProblemCodes.UnknownMember, "$.titel"),
            ]);

    [Theory]
    [InlineData("""{"titel":"x"}""", "$.titel")]
    [InlineData("""{"a b":"x"}""", "$['a b']")]
    [InlineData("""{"it's":"x"}""", "$['it\\'s']")]
    public void A_path_follows_RFC_9535(string json, string path) => Problems(json).ShouldContain(problem => problem.Path == path);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\":\"x\"} trailing")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"name\":\"x\",\"name\":\"y\"}")]
    [InlineData("{\"name\":1e999}")]
    [InlineData("{\"name\":\"x\",\"signOff\":[{\"name\":\"s\",\"quorum\":99999999999}]}")]
    [InlineData("{\"name\":\"x\",\"gates\":[{\"name\":\"g\",\"criteria\":[{\"tool\":\"k6\",\"metric\":\"m\",\"comparator\":\"<\",\"threshold\":1e400}]}]}")]
    [InlineData("{\"name\":\"x\",\"rollback\":{\"rules\":[{\"name\":\"r\"}]}}")]
    public void Bad_input_comes_back_as_problems(string json) => Problems(json).ShouldNotBeEmpty();

    [Fact]
    public void Nesting_beyond_the_limit_is_a_problem() => Problems(new string('[', 5_000)).ShouldHaveSingleItem().Code.ShouldBe(PolicyProblemCodes.Syntax);

    [Fact]
    public void The_number_of_problems_is_limited() =>
        Problems("{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\":1")) + "}").Count.ShouldBe(PolicyJson.MaxProblems);

    private static Policy Read(byte[] json) => PolicyJson.Read(json).ShouldBeOfType<PolicyReading.Success>().Policy;

    private static IReadOnlyList<PolicyProblem> Problems(string json) => PolicyJson.Read(Encoding.UTF8.GetBytes(json)).ShouldBeOfType<PolicyReading.Refused>().Problems;

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
