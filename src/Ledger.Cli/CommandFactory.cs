using System.CommandLine;

namespace Ledger.Cli;

/// <summary>Makes commands that run in the same surroundings and share their common options.</summary>
internal sealed class CommandFactory(Surroundings here)
{
    public Surroundings Here => here;

    public SharedOptions Options { get; } = new();

    /// <summary>A command that only has others under it.</summary>
    public static Command Group(string name, string description, params IEnumerable<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands) group.Add(command);
        return group;
    }

    /// <summary>A command that needs no server.</summary>
    public Command Offline(string name, string description, IEnumerable<Symbol> symbols, Func<Session, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Add(argument);
            else command.Add((Option)symbol);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = new Session(parsed, Options, here, cancellationToken);
            return await run(session).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>A command that asks a server.</summary>
    public Command Asking(string name, string description, IEnumerable<Symbol> symbols, Func<Session, Task<int>> run) =>
        Offline(name, description, [.. symbols, Options.Timeout], run);

    /// <summary>A command that has a server do something that needs no receipt and does not wait in a spool.</summary>
    public Command Ordering(string name, string description, IEnumerable<Symbol> symbols, Func<Session, Task<int>> run) =>
        Offline(name, description, [.. symbols, Options.Timeout, Options.IdempotencyKey], run);

    /// <summary>A command that has a server record something.</summary>
    public Command Recording(string name, string description, IEnumerable<Symbol> symbols, Func<Session, Task<int>> run) =>
        Ordering(name, description, [.. symbols, Options.Receipt, Options.Spool], run);
}
