using System.Text.RegularExpressions;
using Ledger.Domain.Events;
using Ledger.Testing;

namespace Ledger.Architecture.Tests;

public partial class EventNameTests
{
    [Fact]
    public void Event_names_and_their_NET_types_are_storage_formats_and_frozen() =>
        Golden.ShouldMatch(string.Concat(EventJson.Types.Select(type => $"{type}: {EventJson.DotNetType(type)}\n")), "EventNames.txt");

    [Fact]
    public void Event_names_are_snake_case() => EventJson.Types.ShouldAllBe(type => SnakeCase().IsMatch(type));

    [Fact]
    public void Every_event_type_of_the_domain_has_a_name()
    {
        var named = EventJson.Types.Select(EventJson.DotNetType).ToList();
        typeof(LedgerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LedgerEvent)) && !type.IsAbstract)
            .ShouldAllBe(type => named.Contains($"{type.FullName}, {type.Assembly.GetName().Name}"));
    }

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex SnakeCase();
}
