using System.ComponentModel;
using System.Diagnostics;

namespace Ledger.Store.Embedded;

/// <summary>Short-lived programs, run as the user that PostgreSQL runs as or as ourselves.</summary>
internal static class Command
{
    /// <summary>What a program wrote (both streams) and how it ended.</summary>
    internal sealed record Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }

    /// <summary>A program's start: nothing of the terminal, no <c>PG*</c> variable of the caller's, messages in English, and a working directory that every user can enter.</summary>
    /// <param name="program">A path, or a name looked up in <c>PATH</c>.</param>
    /// <param name="user">The user to become (root only), or null to stay who we are.</param>
    /// <param name="arguments">Passed as they are; no shell is involved.</param>
    public static ProcessStartInfo Describe(string program, string? user, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        if (user is not null) start.UserName = user;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static async Task<Result> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return new Result(process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
