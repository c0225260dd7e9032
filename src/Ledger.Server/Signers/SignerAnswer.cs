using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Signers;

namespace Ledger.Server.Signers;

/// <summary>Everybody who may sign.</summary>
/// <param name="Signers">By id.</param>
internal sealed record SignerListAnswer(IReadOnlyList<SignerAnswer> Signers);

/// <summary>A person who may sign.</summary>
/// <param name="Id">What they are called in the log.</param>
/// <param name="Name">The printed name.</param>
/// <param name="Roles">The roles of policies that they may sign in.</param>
/// <param name="Accounts">The subjects of other tokens by which they act.</param>
/// <param name="Keys">Every key they ever had, oldest first.</param>
internal sealed record SignerAnswer(string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, IReadOnlyList<SignerKeyAnswer> Keys)
{
    public static SignerAnswer Of(SignerState signer, DateTimeOffset now) =>
        new(signer.Id, signer.Name, signer.Roles, signer.Accounts, [.. signer.Keys.Select(key => SignerKeyAnswer.Of(key, signer, now))]);
}

/// <summary>A signer's key.</summary>
/// <param name="Id">SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="Algorithm">How it signs.</param>
/// <param name="PublicKey">PEM.</param>
/// <param name="NotBefore">From when it may be used.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="AddedAt">When it was added to the log.</param>
/// <param name="State">in use, revoked, replaced, expired or not yet valid.</param>
/// <param name="Ended">What ended it.</param>
internal sealed record SignerKeyAnswer(
    Digest Id,
    string Algorithm,
    string PublicKey,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotBefore,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotAfter,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset AddedAt,
    string State,
    SignerKeyEnded? Ended)
{
    public static SignerKeyAnswer Of(SignerKeyState state, SignerState signer, DateTimeOffset now) => new(
        state.Key.Id,
        state.Key.Algorithm,
        PemEncoding.WriteString("PUBLIC KEY", Convert.FromBase64String(state.Key.PublicKey)),
        state.Key.NotBefore,
        state.Key.NotAfter,
        state.AddedAt,
        StateOf(state, signer, now),
        state.Ended is { } ended ? new SignerKeyEnded(ended.At, ended.Reason) : null);

    // What ends a key when another one is added is that it was replaced.
    private static string StateOf(SignerKeyState state, SignerState signer, DateTimeOffset now) => state switch
    {
        { Ended: { } ended } => signer.Keys.Any(other => other.Added == ended.Event) ? "replaced" : "revoked",
        { Key.NotAfter: { } end } when now >= end => "expired",
        { Key.NotBefore: { } start } when now < start => "not yet valid",
        _ => "in use",
    };
}

/// <summary>What ended a key.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
internal sealed record SignerKeyEnded([property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At, string Reason);
