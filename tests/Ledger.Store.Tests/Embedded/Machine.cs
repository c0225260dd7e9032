using System.Diagnostics;
using Npgsql;

namespace Ledger.Store.Tests.Embedded;

/// <summary>What the tests do to the machine, and ask of it.</summary>
internal static class Machine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>kill -9.</summary>
    public static void Kill(int processId) => Process.GetProcessById(processId).Kill();

    /// <summary>Whether a process lives; one that has ended and was not collected by its parent does not.</summary>
    public static bool Runs(int processId)
    {
        try
        {
            return !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The session that a process belongs to (proc(5), <c>stat</c>, field 6).</summary>
    public static int SessionOf(int processId) =>
        int.Parse(File.ReadAllText($"/proc/{processId}/stat").Split(") ")[^1].Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The first value of the first row, over a connection of its own.</summary>
    public static async Task<string?> AskAsync(string connectionString, string question)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    /// <summary>Waits for something to become true.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <inheritdoc cref="UntilAsync(Func{bool})"/>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            waited.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(20);
        }
    }
}
