using Ledger.Integrity.Keys;
using Ledger.Store.Append;
using Ledger.Store.Log.Witnesses;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Store;

/// <summary>What a store needs to start.</summary>
public sealed record LedgerStoreOptions
{
    /// <summary>Connects as the owner of the database: it applies the schema, and is not used afterwards.</summary>
    public required string OwnerConnectionString { get; init; }

    /// <summary>
    /// Connects as a login that holds the role <c>ledger_app</c> and nothing more. When null, the owner makes such a login with a new random
    /// password at each start, which needs the right to create roles.
    /// </summary>
    public string? AppConnectionString { get; init; }

    /// <summary>Signs the checkpoints. The store does not dispose it.</summary>
    public required SigningKey Key { get; init; }

    /// <summary>The log's name on its checkpoints: no white space, no <c>+</c> (C2SP signed-note).</summary>
    public required string Origin { get; init; }

    /// <summary>The file, outside the database, that keeps the newest signed checkpoint.</summary>
    public required string CheckpointPath { get; init; }

    /// <summary>Whose word about the checkpoints counts.</summary>
    public CheckpointTrust Trust { get; init; } = CheckpointTrust.Nobody;

    /// <summary>The real clock. A sandbox, which <see cref="Origin"/> says it is, has another one above it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told of failures on the write path.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Bounds of the write path.</summary>
    public SequencerOptions Sequencer { get; init; } = new();
}
