using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Cli.Spooling;

/// <summary>A command that waits for its server. No token is kept: who delivers it has one.</summary>
/// <param name="Number">Its place in the spool, from 1, without a gap.</param>
/// <param name="Key">Its idempotency key: it is recorded once, however often it is delivered.</param>
/// <param name="Server">The server that it was given for; no other gets it.</param>
/// <param name="Path">Where it goes, below that address.</param>
/// <param name="MediaType">What <paramref name="Body"/> is.</param>
/// <param name="Roles">Who may give it, least powerful first.</param>
/// <param name="At">When it was given, by this machine's clock; RFC 3339.</param>
/// <param name="Body">What it says.</param>
/// <param name="Digest">SHA-256 of everything else: a file that was cut off or changed does not have it.</param>
internal sealed record SpooledCommand(long Number, string Key, string Server, string Path, string MediaType, IReadOnlyList<string> Roles, string At, byte[] Body, string Digest = "")
{
    /// <summary>The command with its digest.</summary>
    public SpooledCommand Sealed() => this with { Digest = Hash() };

    /// <summary>The file's bytes.</summary>
    public byte[] ToFile() => JsonSerializer.SerializeToUtf8Bytes(this, SpoolJson.Default.SpooledCommand);

    /// <summary>Reads a file; null where it is damaged.</summary>
    public static SpooledCommand? FromFile(byte[] bytes, long number)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, SpoolJson.Default.SpooledCommand) is { } command && command.Number == number && command.Digest == command.Hash() ? command : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (IEnumerable<string>)[Number.ToString(CultureInfo.InvariantCulture), Key, Server, Path, MediaType, string.Join(',', Roles), At])
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}\n")));
        hash.AppendData(Body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>How far a spool is. Written whole, and only under its lock.</summary>
/// <param name="Last">The highest number that was given out.</param>
/// <param name="Settled">The highest number with none open below it: each was delivered, set aside or found missing.</param>
/// <param name="Missing">The numbers whose file was gone when their turn came.</param>
/// <param name="Accepted">The gaps that somebody answered for; null where nobody has yet.</param>
internal sealed record SpoolState(long Last, long Settled, IReadOnlyList<long> Missing, IReadOnlyList<AcceptedGap>? Accepted = null)
{
    /// <summary>Whether somebody answered for it that this command is not recorded.</summary>
    public bool IsAccepted(long number) => Accepted?.Any(gap => gap.Number == number) == true;
}

/// <summary>Somebody answered for a command that was kept and is not recorded.</summary>
/// <param name="Number">Its number.</param>
/// <param name="What">What became of it: why it was set aside, or that its file was gone.</param>
/// <param name="By">Who answered.</param>
/// <param name="At">When, by this machine's clock; RFC 3339.</param>
/// <param name="Reason">Why it may stay out of the ledger, or where it was recorded instead.</param>
internal sealed record AcceptedGap(long Number, string What, string By, string At, string Reason);

/// <summary>A command that was set aside, and why.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Code">The server's, or <c>spool_damaged</c>.</param>
/// <param name="Detail">For people.</param>
internal sealed record AsideNote(long Number, string Code, string Detail);

/// <summary>What was kept, is not recorded, and nobody has answered for.</summary>
/// <param name="Aside">What was refused or damaged.</param>
/// <param name="Missing">What has no file.</param>
internal sealed record SpoolGaps(IReadOnlyList<AsideNote> Aside, IReadOnlyList<long> Missing);

/// <summary>The spool's files as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, WriteIndented = false)]
[JsonSerializable(typeof(SpooledCommand))]
[JsonSerializable(typeof(SpoolState))]
[JsonSerializable(typeof(AsideNote))]
[JsonSerializable(typeof(AcceptedGap))]
internal sealed partial class SpoolJson : JsonSerializerContext;
