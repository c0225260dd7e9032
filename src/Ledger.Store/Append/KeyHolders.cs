using Ledger.Domain;
using Ledger.Domain.Signers;
using Npgsql;

namespace Ledger.Store.Append;

/// <summary>
/// Which signer has, or had, which key: a key that two people share says of neither that they signed. Read when it is first asked for, and from
/// then on kept beside what is decided. Owned by the sequencer's loop.
/// </summary>
/// <param name="database">Connections that may read.</param>
internal sealed class KeyHolders(NpgsqlDataSource database)
{
    private const string Query =
        """
        select e.data #>> '{key,id}', e.stream_id, e.seq_id from mt_streams s join mt_events e on e.stream_id = s.id
        where s.type = 'signer' and e.type = 'signer_key_added' order by e.seq_id
        """;

    private readonly Dictionary<Digest, string> _streams = [];
    private bool _isRead;

    /// <summary>The signer who got the key first; null where nobody has it, or the holders were not loaded.</summary>
    public string? Find(Digest key) => _streams.TryGetValue(key, out var stream) ? SignerId.FromStreamKey(stream) : null;

    /// <summary>Takes note of a key that was decided to be a signer's.</summary>
    public void Add(Digest key, string stream) => _streams.TryAdd(key, stream);

    /// <summary>Forgets everything: what was decided did not come to be.</summary>
    public void Clear()
    {
        _streams.Clear();
        _isRead = false;
    }

    /// <summary>Makes the holders of all keys known.</summary>
    /// <param name="size">The size of the tree that is built on.</param>
    /// <param name="cancellation">Gives up reading.</param>
    /// <exception cref="HeadMovedException">There are keys beyond that tree.</exception>
    public async Task LoadAsync(long size, CancellationToken cancellation)
    {
        if (_isRead) return;
        await using var command = database.CreateCommand(Query);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetInt64(2) > size) throw new HeadMovedException();
            if (!reader.IsDBNull(0) && Digest.TryParse(reader.GetString(0), out var key)) Add(key, reader.GetString(1));
        }

        _isRead = true;
    }
}
