using System.Text;
using System.Text.Json.Serialization;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Pins;

/// <summary>What is remembered of a ledger: the key that signs its log, the newest checkpoint that was seen, and the addresses it answered at.</summary>
/// <param name="LogKey">The log's verifier key; its name is the log's origin.</param>
/// <param name="Signed">The checkpoint as the log signed it.</param>
/// <param name="Checkpoint">The same, taken apart.</param>
/// <param name="Addresses">Where it answered, each once.</param>
internal sealed record Pin(VerifierKey LogKey, string Signed, Checkpoint Checkpoint, IReadOnlyList<string> Addresses)
{
    public string Origin => LogKey.Name;

    public long Size => Checkpoint.Size;

    /// <summary>A pin of what <paramref name="signed"/> says; null where <paramref name="logKey"/> did not sign it as a checkpoint of its log.</summary>
    public static Pin? Of(VerifierKey logKey, string signed, IReadOnlyList<string> addresses, out string? reason)
    {
        var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes(signed), logKey.Name, logKey, out var checkpoint);
        reason = verification.Reason;
        return verification.IsValid ? new Pin(logKey, signed, checkpoint!, addresses) : null;
    }

    /// <summary>Whether both are of the same tree of the same log, wherever it answers.</summary>
    public bool IsSame(Pin? other) => other is not null && LogKey == other.LogKey && Checkpoint == other.Checkpoint;

    public PinContent ToContent() => new(Origin, LogKey.ToString(), Signed, Addresses);
}

/// <summary>A pin as it is written down.</summary>
internal sealed record PinContent(string Origin, string LogKey, string Checkpoint, IReadOnlyList<string> Addresses);

/// <summary>Its serialiser, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PinContent))]
internal sealed partial class PinJson : JsonSerializerContext;
