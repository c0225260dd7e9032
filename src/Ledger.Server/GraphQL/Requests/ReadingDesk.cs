using System.Diagnostics;
using Ledger.Server.Http;

namespace Ledger.Server.GraphQL.Requests;

/// <summary>
/// Where questions wait for the database: however much is asked, on whichever way, so many read at a time and no more, and whoever appends always finds a
/// connection. What is read within one turn must not ask for another. Thread-safe.
/// </summary>
/// <param name="outages">Told of reads that the database did not answer, and of those that it did; null where nobody listens.</param>
internal sealed class ReadingDesk(DatabaseOutages? outages = null) : IDisposable
{
    /// <summary>How many read at a time.</summary>
    public const int ReadersMax = 24;

    private readonly SemaphoreSlim _turns = new(ReadersMax);

    /// <summary>Reads when it is its turn.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        await _turns.WaitAsync();
        try
        {
            var found = await read();
            outages?.Answered();
            return found;
        }
        catch (Exception exception) when (RequestPipeline.IsUnavailable(exception))
        {
            outages?.Failed(exception, Activity.Current?.TraceId.ToHexString());
            throw;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
