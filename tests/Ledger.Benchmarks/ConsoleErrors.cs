using Microsoft.Extensions.Logging;

namespace Ledger.Benchmarks;

/// <summary>Shows errors, so that no figure is taken of something that fails.</summary>
internal sealed class ConsoleErrors : ILogger
{
    public static ConsoleErrors Instance { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Console.Error.WriteLine($"{formatter(state, exception)}: {exception}");
    }
}
