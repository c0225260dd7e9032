namespace Ledger.Cli;

/// <summary>Everything that a command sees of the process and the machine it runs on.</summary>
internal sealed record Surroundings
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where everything else goes.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Whether a person looks at <see cref="Out"/>.</summary>
    public required bool OutIsTerminal { get; init; }

    /// <summary>Whether a person can be asked something at standard input.</summary>
    public required bool InIsTerminal { get; init; }

    /// <summary>The terminal's width in characters; null to find it out.</summary>
    public int? Width { get; init; }

    /// <summary>An environment variable; null when it is not set or empty.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The folder the command was given in.</summary>
    public required string CurrentFolder { get; init; }

    /// <summary>The folder the program lies in.</summary>
    public required string ProgramFolder { get; init; }

    /// <summary>The clock, and how to wait.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Those of this process.</summary>
    public static Surroundings OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OpenInput = Console.OpenStandardInput,
        OutIsTerminal = !Console.IsOutputRedirected,
        InIsTerminal = !Console.IsInputRedirected,
        Variable = name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
        CurrentFolder = Environment.CurrentDirectory,
        ProgramFolder = AppContext.BaseDirectory,
    };

    /// <summary>The path as seen from <see cref="CurrentFolder"/>.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, CurrentFolder);
}
