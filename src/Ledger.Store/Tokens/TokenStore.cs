using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Integrity;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Tokens;

/// <summary>
/// Bearer tokens by the SHA-256 of their text, which alone is stored. What was read is kept for <see cref="CachedFor"/>, so a token that was
/// revoked on another node is good here for that long at most. Thread-safe.
/// </summary>
/// <param name="database">Connections of the server's role.</param>
/// <param name="clock">Tells whether a token has expired.</param>
public sealed class TokenStore(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The longest that a token is remembered without asking the database again.</summary>
    public static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(5);

    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<Hash, (Token Token, long ReadAt)> _known = new();
    private readonly Lock _lock = new();
    private long _revocations;

    /// <summary>Makes a token. Its text is in the answer and nowhere else.</summary>
    /// <param name="subject">Who holds it.</param>
    /// <param name="role">The role in which they act.</param>
    /// <param name="services">The services it is for, or <see cref="Token.AllServices"/>; at least one.</param>
    /// <param name="expiresAt">When it ends; null for never.</param>
    /// <param name="cancellation">Gives up; the token may have been stored all the same, but nobody knows it.</param>
    public async Task<NewToken> CreateAsync(
        string subject, Role role, IReadOnlyList<string> services, DateTimeOffset? expiresAt = null, CancellationToken cancellation = default)
    {
        var text = TokenText.Create();
        if (!TokenText.TryHash(text, out var hash)) throw new InvalidOperationException("a token that was made is not one");
        var token = new Token(subject, role, services, expiresAt is { } end ? UtcTimeJsonConverter.Truncate(end) : null);
        await AddAsync(token, hash, cancellation);
        return new NewToken(text, hash, token);
    }

    /// <summary>Stores a token whose text was made elsewhere, e.g. the first one, given to the server when it is set up.</summary>
    /// <param name="token">What it is good for.</param>
    /// <param name="hash">As <see cref="TokenText.TryHash"/> makes it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when a token with that hash is there already; it is left as it is.</returns>
    /// <exception cref="ArgumentException">The token has no subject or no services.</exception>
    public async Task<bool> AddAsync(Token token, Hash hash, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(token.Subject)) throw new ArgumentException("A token has a subject.", nameof(token));
        if (token.Services.Count == 0) throw new ArgumentException("A token is for at least one service.", nameof(token));
        await using var command = database.CreateCommand(
            """
            insert into ledger_tokens (hash, subject, role, services, created_at, expires_at, revoked_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (hash) do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash.ToArray() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = token.Subject });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = token.Role.Name() });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. token.Services] });
        command.Parameters.Add(Time(clock.GetUtcNow()));
        command.Parameters.Add(Time(token.ExpiresAt));
        command.Parameters.Add(Time(token.RevokedAt));
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>The token with this hash, good or not; null where there is none.</summary>
    public async Task<Token?> FindAsync(Hash hash, CancellationToken cancellation = default)
    {
        if (_known.TryGetValue(hash, out var known) && clock.GetElapsedTime(known.ReadAt) < CachedFor) return known.Token;

        var readAt = clock.GetTimestamp();
        var revocations = Volatile.Read(ref _revocations);
        if (await ReadAsync(hash, cancellation) is not { } token)
        {
            // Unknown ones are not remembered: guesses must not push out what is good.
            _known.TryRemove(hash, out _);
            return null;
        }

        lock (_lock)
        {
            // What was read before a revocation may be what the revocation changed.
            if (revocations != _revocations) return token;
            if (_known.Count >= Capacity) _known.Clear();
            _known[hash] = (token, readAt);
        }

        return token;
    }

    /// <summary>Whether what a caller presents is a good token now, and which; the token is null only when it is unknown.</summary>
    public async Task<(TokenStanding Standing, Token? Token)> CheckAsync(string? text, CancellationToken cancellation = default) =>
        TokenText.TryHash(text, out var hash) && await FindAsync(hash, cancellation) is { } token
            ? (token.StandingAt(clock.GetUtcNow()), token)
            : (TokenStanding.Unknown, null);

    /// <summary>Takes a token back: at once on this node, within <see cref="CachedFor"/> on others.</summary>
    /// <returns>False when there is no such token. One that was revoked before keeps its time.</returns>
    public async Task<bool> RevokeAsync(Hash hash, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("update ledger_tokens set revoked_at = coalesce(revoked_at, $2) where hash = $1");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash.ToArray() });
        command.Parameters.Add(Time(clock.GetUtcNow()));
        var found = await command.ExecuteNonQueryAsync(cancellation) == 1;
        lock (_lock)
        {
            _revocations++;
            _known.TryRemove(hash, out _);
        }

        return found;
    }

    private async Task<Token?> ReadAsync(Hash hash, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select hash, subject, role, services, expires_at, revoked_at from ledger_tokens where hash = $1");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation) || !CryptographicOperations.FixedTimeEquals(reader.GetFieldValue<byte[]>(0), hash.Bytes)) return null;
        return Roles.TryParse(reader.GetString(2), out var role)
            ? new Token(reader.GetString(1), role, reader.GetFieldValue<string[]>(3), TimeAt(reader, 4), TimeAt(reader, 5))
            : throw new InvalidDataException($"a stored token has the role '{reader.GetString(2)}', which this build does not know");
    }

    private static DateTimeOffset? TimeAt(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetDateTime(column));

    private static NpgsqlParameter Time(DateTimeOffset? time) =>
        new() { Value = time is { } value ? value.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
