namespace Ledger.Cli.Tests.Commands;

/// <summary>Only the command that is named is made: so each is listed under the name that it goes by.</summary>
public class CommandNamesTests
{
    [Fact]
    public void Every_command_goes_by_the_name_that_it_is_listed_under()
    {
        var make = new CommandFactory(Surroundings.OfProcess());
        CommandLine.Commands.Select(command => command.Create(make).Name).ShouldBe(CommandLine.Commands.Select(command => command.Name));
        CommandLine.Commands.Select(command => command.Name).ShouldBeUnique();
    }
}
