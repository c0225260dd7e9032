using System.CommandLine;
using System.CommandLine.Parsing;
using Ledger.Cli.Commands;
using Ledger.Cli.Output;

namespace Ledger.Cli;

/// <summary>The whole command line: what may be typed, and how it is run.</summary>
internal static class CommandLine
{
    // A text that starts with @ is a text, not the name of a file to take arguments from.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Every command, in the order of the help, by its name.</summary>
    internal static readonly (string Name, Func<CommandFactory, Command> Create)[] Commands =
    [
        ("policy", PolicyCommands.Create),
        ("release", ReleaseCommands.Create),
        ("gate", GateCommands.Create),
        ("assert", AssertCommand.Create),
        ("canary", CanaryCommands.Create),
        ("rollback", RollbackCommands.Create),
        ("post", PostCommands.Create),
        ("watch", WatchCommand.Create),
        ("event", EventCommands.Create),
        ("signer", SignerCommands.Create),
        ("sign", SignCommand.Create),
        ("signoffs", SignOffCommands.Create),
        ("decide", DecideCommand.Create),
        ("export", ExportCommand.Create),
        ("verify", VerifyCommand.Create),
        ("read", ReadCommand.Create),
        ("proof", ProofCommand.Create),
        ("audit", AuditCommand.Create),
        ("receipt", ReceiptCommand.Create),
        ("checkpoint", CheckpointCommands.Create),
        ("witness", WitnessCommand.Create),
        ("webhook", WebhookCommands.Create),
        ("key", KeyCommand.Create),
        ("sandbox", SandboxCommands.Create),
        ("token", TokenCommand.Create),
        ("whoami", WhoamiCommand.Create),
        ("schema", SchemaCommand.Create),
        ("spool", SpoolCommands.Create),
    ];

    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings here)
    {
        var parsed = Root(here, arguments).Parse(arguments, Parsing);
        if (parsed.Errors.Count > 0) return Misunderstood(parsed, here);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = here.Out, Error = here.Error, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await here.Error.WriteAsync("ledger: interrupted\n").ConfigureAwait(false);
            return ExitCode.Unknown;
        }
        catch (IOException exception)
        {
            await here.Error.WriteAsync($"ledger: the result cannot be written: {SafeText.Of(exception.Message)}\n").ConfigureAwait(false);
            return ExitCode.Unknown;
        }
    }

    /// <summary>What about a command would not be understood; empty where it would run.</summary>
    public static IReadOnlyList<string> Misunderstandings(IReadOnlyList<string> arguments) => [.. Root(Surroundings.OfProcess(), arguments).Parse(arguments, Parsing).Errors.Select(error => error.Message)];

    // Making every command takes longer than most of them run: where the first word is one's name, no other can be meant.
    private static RootCommand Root(Surroundings here, IReadOnlyList<string> arguments)
    {
        var make = new CommandFactory(here);
        var root = new RootCommand("The release audit ledger: record gates, ask for go or no-go, and check what is recorded") { make.Options.Json };
        var named = Array.FindIndex(Commands, command => arguments is [var first, ..] && command.Name == first);
        foreach (var (_, create) in named < 0 ? Commands : Commands.AsSpan(named, 1)) root.Add(create(make));
        return root;
    }

    private static int Misunderstood(ParseResult parsed, Surroundings here)
    {
        // Every error there is, each once; a command that is missing because another word stands in its place is one error, not two.
        var messages = parsed.Errors.Select(error => Wording(error.Message)).Distinct().ToList();
        if (messages.Count > 1 && parsed.UnmatchedTokens.Count > 0) messages.RemoveAll(message => message.StartsWith("required command", StringComparison.Ordinal));
        foreach (var message in messages)
            here.Error.Write($"ledger: {SafeText.Of(message)}\n");
        here.Error.Write($"hint: {Path(parsed.CommandResult)} --help\n");
        return ExitCode.Usage;
    }

    private static string Wording(string message)
    {
        var text = message.TrimEnd('.', ' ', ':');
        return char.IsUpper(text[0]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    private static string Path(SymbolResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {((CommandResult)command).Command.Name}" : "ledger";
}
