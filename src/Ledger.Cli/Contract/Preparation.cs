using System.Text.Json;

namespace Ledger.Cli.Contract;

/// <summary>What GET …/sign-offs/preparation answers: everything that a signer puts their name to, and nothing of who they are.</summary>
/// <param name="Ledger">The ledger's origin.</param>
/// <param name="Release">The release.</param>
/// <param name="Artifacts">What is released.</param>
/// <param name="Policy">The policy it pinned.</param>
/// <param name="Stream">How far its stream goes.</param>
/// <param name="Standing">The go/no-go, whole.</param>
/// <param name="GoNoGo">What it came to, and its digest.</param>
/// <param name="Commit">What it is built from.</param>
/// <param name="Environment">Where it goes.</param>
/// <param name="Previous">The statement of the newest sign-off; null where there is none.</param>
/// <param name="Window">When it may be deployed.</param>
/// <param name="Summary">What changes.</param>
internal sealed record Preparation(
    string Ledger,
    string Release,
    IReadOnlyList<ArtifactBody> Artifacts,
    PolicyRef Policy,
    StreamAnswer Stream,
    JsonElement Standing,
    GoNoGoAnswer GoNoGo,
    string Commit,
    string Environment,
    string? Previous = null,
    JsonElement Window = default,
    string? Summary = null);

/// <summary>The number of a stream's events, and the leaf hash of the last of them.</summary>
internal sealed record StreamAnswer(long Version, string Head);

/// <summary>A go/no-go by its digest.</summary>
internal sealed record GoNoGoAnswer(string Verdict, string At, string Digest);
