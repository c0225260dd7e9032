namespace Ledger.Cli.Contract;

/// <summary>What GET /v1/signers answers.</summary>
internal sealed record SignerList(IReadOnlyList<SignerAnswer> Signers);

/// <summary>What GET /v1/signers/{id} answers: a person who may sign, with every key they ever had.</summary>
internal sealed record SignerAnswer(string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, IReadOnlyList<SignerKeyAnswer> Keys)
{
    /// <summary>What is not about whom was asked for; null when it is.</summary>
    public string? Contradiction(string id) => Id == id ? null : $"it is about '{Id}', not about '{id}'";
}

/// <summary>A signer's key: the public half as PEM, and whether it counts.</summary>
internal sealed record SignerKeyAnswer(
    string Id, string Algorithm, string PublicKey, string AddedAt, string State, string? NotBefore = null, string? NotAfter = null, KeyEndAnswer? Ended = null)
{
    public const string InUse = "in use";
}

/// <summary>When a key stopped counting, and why.</summary>
internal sealed record KeyEndAnswer(string At, string Reason);
