using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Ledger.Domain.Releases;

namespace Ledger.Server.GraphQL.Ids;

/// <summary>What a node is.</summary>
internal enum NodeKind
{
    Release,
    Gate,
    SignOff,
    Policy,
    Signer,
    Event,
    GateReport,
    Waiver,
    Decision,
    Checkpoint,
}

/// <summary>
/// The identity of a node among all of them, opaque to clients (Relay, Global Object Identification). Whoever makes one up learns nothing by it: what they may
/// not see is not there, whether it is or not.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its name among its kind.</param>
internal sealed record GlobalId(NodeKind Kind, string Key)
{
    private const int LengthMax = 512;

    public static string Of(ReleaseId release) => Write(NodeKind.Release, release.ToString());

    public static string Of(ReleaseId release, string gate) => Write(NodeKind.Gate, $"{release}/{gate}");

    public static string Of(NodeKind kind, long number) => Write(kind, number.ToString(CultureInfo.InvariantCulture));

    public static string Write(NodeKind kind, string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{kind}:{key}"));

    /// <summary>Reads an id; null when it is none.</summary>
    public static GlobalId? Read(string id)
    {
        try
        {
            if (id.Length > LengthMax) return null;
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id));
            return text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                && Enum.TryParse<NodeKind>(text.AsSpan(0, colon), out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(text[0])
                ? new GlobalId(kind, text[(colon + 1)..])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The key as a place in the log or a size; null when it is none.</summary>
    public long? Number => long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
