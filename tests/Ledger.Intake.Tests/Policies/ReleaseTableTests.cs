using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Testing;

namespace Ledger.Intake.Tests.Policies;

/// <summary>
/// Each line of substance of the releases' documents, held against the ready policies: every place that a table names is there. That the
/// events are there is looked at where the releases are replayed.
/// </summary>
public sealed class ReleaseTableTests
{
    public static TheoryData<string> Names => [.. PolicyFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_document_says_is_in_the_policy_where_the_table_says_so(string policy)
    {
        var root = JsonElement.Parse(PolicyJson.WriteIndented(ReadyPolicyTests.Read(policy).Policy));
        ReleaseTable.Read(policy).Lines.SelectMany(line => line.Places.Select(place => (line.Where, Missing: Place.Missing(root, place)))).Where(each => each.Missing is not null).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_table_calls_an_event_is_one(string policy) =>
        ReleaseTable.Read(policy).Lines.SelectMany(line => line.Events).Select(pattern => pattern.Type).Where(type => !EventJson.Types.Contains(type)).ShouldBeEmpty();

    [Theory]
    [InlineData("gates / no-such-gate")]
    [InlineData("gates / load-test / criteria / http_req_duration.p(95) = < 121ms")]
    [InlineData("deployment / steps / canary / weight = 11%")]
    [InlineData("description ~ unheard of")]
    [InlineData("roles / ceo / title / more")]
    public void A_place_that_is_not_there_or_says_otherwise_is_told(string place) =>
        Place.Missing(JsonElement.Parse(PolicyJson.WriteIndented(ReadyPolicyTests.Read("cpt-ajan").Policy)), place).ShouldNotBeNull();

    [Fact]
    public void Every_line_is_held_by_something() => ReleaseTable.All.SelectMany(table => ReleaseTable.Read(table.Policy).Lines).Where(line => line.Places.Count + line.Events.Count == 0).ShouldBeEmpty();
}
