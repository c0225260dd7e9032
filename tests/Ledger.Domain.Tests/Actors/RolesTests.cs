using System.Text.Json;
using Ledger.Domain.Actors;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Actors;

public class RolesTests
{
    [Fact]
    public void Every_role_has_the_name_that_is_written_in_events() =>
        Enum.GetValues<Role>().Select(role => JsonSerializer.SerializeToElement(role).GetString()).ShouldBe(Enum.GetValues<Role>().Select(Roles.Name));

    [Fact]
    public void All_lists_every_role_once() => Roles.All.ShouldBe(Enum.GetValues<Role>(), ignoreOrder: true);

    [Fact]
    public void Every_name_reads_back_to_its_role()
    {
        foreach (var role in Roles.All)
        {
            Roles.TryParse(role.Name(), out var read).ShouldBeTrue();
            read.ShouldBe(role);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Admin")]
    [InlineData("admin ")]
    [InlineData("root")]
    [InlineData("5")]
    public void What_is_no_role_reads_as_none_and_leaves_the_least_powerful(string? name)
    {
        Roles.TryParse(name, out var role).ShouldBeFalse();
        role.ShouldBe(Role.Ci);
    }
}
