using Ledger.Server.Outbound;

namespace Ledger.Server.Auth.IdentityProviders;

/// <summary>
/// A provider's keys as they are now: from a file, or from an address that is asked when a token names a key that is not known, and once an hour. A provider
/// that does not answer keeps the keys that it had for a day. Thread-safe.
/// </summary>
/// <param name="read">Reads the key set.</param>
internal sealed class ProviderKeys(Func<Task<string>> read)
{
    private const int BytesMax = 1 << 20;

    /// <summary>After this the keys are read again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    /// <summary>After this they are no good unless they could be read again: a key may have been taken back.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    /// <summary>The least time between two readings: tokens with invented keys must not make the ledger ask all the time.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private volatile Read? _read;
    private Task _reading = Task.CompletedTask;
    private long? _triedAt;

    private sealed record Read(KeySet Keys, long At);

    /// <summary>Keys in a file, which may be replaced while the server runs.</summary>
    /// <exception cref="FormatException">It cannot be read, or holds no keys; the message says why.</exception>
    public static ProviderKeys InFile(string path)
    {
        try
        {
            if (!KeySet.TryParse(File.ReadAllText(path), out _, out var error)) throw new FormatException(error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"cannot be read: {exception.Message}", exception);
        }

        return new ProviderKeys(() => File.ReadAllTextAsync(path));
    }

    /// <summary>Keys at an address (<c>jwks_uri</c>, OpenID Connect Discovery 1.0, section 3).</summary>
    public static ProviderKeys At(Uri url, AddressRule rule)
    {
        var http = OutboundClient.Create(rule, BytesMax);
        return new ProviderKeys(() => http.GetStringAsync(url));
    }

    /// <summary>Finds a key by its id.</summary>
    /// <param name="id">As the token names it.</param>
    /// <param name="clock">Tells how old the keys are.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The key; null where the provider has none with this id. Not known when its keys cannot be had.</returns>
    public async ValueTask<KeyAnswer> FindAsync(string id, TimeProvider clock, CancellationToken cancellation)
    {
        if (_read is not { } known || clock.GetElapsedTime(known.At) >= FreshFor || known.Keys.Find(id) is null) await ReadAgain(clock).WaitAsync(cancellation);
        return _read is { } read && clock.GetElapsedTime(read.At) < GoodFor ? new KeyAnswer(true, read.Keys.Find(id)) : new KeyAnswer(false, null);
    }

    // One reading for all who wait for it.
    private Task ReadAgain(TimeProvider clock)
    {
        lock (_lock)
        {
            if (!_reading.IsCompleted || (_triedAt is { } tried && clock.GetElapsedTime(tried) < Pause)) return _reading;
            _triedAt = clock.GetTimestamp();
            return _reading = ReadAsync(clock);
        }
    }

    private async Task ReadAsync(TimeProvider clock)
    {
        try
        {
            if (KeySet.TryParse(await read(), out var keys, out _)) _read = new Read(keys, clock.GetTimestamp());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException)
        {
            // What was read before is good for a while longer.
        }
    }
}

/// <summary>What became of looking for a key.</summary>
/// <param name="IsKnown">Whether the provider's keys could be had.</param>
/// <param name="Key">The key, where there is one.</param>
internal readonly record struct KeyAnswer(bool IsKnown, PinnedKey? Key);
