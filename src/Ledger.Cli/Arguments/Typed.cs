using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ledger.Cli.Contract;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Arguments;

/// <summary>Arguments and options whose text is checked before anything is sent: a mistyped command never reaches the server.</summary>
internal static class Typed
{
    private const int MaxNameLength = 64;

    public static Argument<ReleaseId> Release() => new("RELEASE")
    {
        Description = "The release, as service/version",
        CustomParser = result => ReleaseId.TryParse(Text(result)) ?? Refuse<ReleaseId>(result, $"'{Text(result)}' is not a release; write service/version, e.g. shop/v1.2.3"),
    };

    /// <summary>A gate's or a policy's name. It becomes a segment of a path, so nothing that a path would interpret may pass.</summary>
    public static Argument<string> Name(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => IsName(Text(result)) ? Text(result) : Refuse<string>(result, NotAName(Text(result))),
    };

    /// <inheritdoc cref="Name"/>
    public static Option<string> NameOption(string name, string description) => new(name)
    {
        HelpName = "NAME",
        Description = description,
        Required = true,
        CustomParser = result => IsName(Text(result)) ? Text(result) : Refuse<string>(result, NotAName(Text(result))),
    };

    /// <summary>Several names.</summary>
    public static Option<string[]> Names(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = $"{description}; give it once for each",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.Select(token => IsName(token.Value) ? token.Value : Refuse<string>(result, NotAName(token.Value)))],
    };

    /// <summary>A signer's id.</summary>
    public static Argument<string> Signer() => new("SIGNER")
    {
        Description = "The signer's id, such as alice.johnson",
        CustomParser = result => SignerId.IsValid(Text(result)) ? Text(result) : Refuse<string>(result, NotASigner(Text(result))),
    };

    /// <inheritdoc cref="Signer"/>
    public static Option<string> SignerOption(string name, string description) => new(name)
    {
        HelpName = "ID",
        Description = description,
        Required = true,
        CustomParser = result => SignerId.IsValid(Text(result)) ? Text(result) : Refuse<string>(result, NotASigner(Text(result))),
    };

    /// <summary>A key's id: SHA-256 of the public key.</summary>
    public static Argument<Digest> KeyId() => new("KEY")
    {
        Description = "The key's id, sha256: and 64 hexadecimal digits",
        CustomParser = result => Digest.TryParse(Text(result), out var digest) ? digest : Refuse<Digest>(result, NotAKeyId(Text(result))),
    };

    /// <inheritdoc cref="KeyId"/>
    public static Option<Digest?> KeyIdOption(string name, string description) => new(name)
    {
        HelpName = "KEY",
        Description = description,
        CustomParser = result => Digest.TryParse(Text(result), out var digest) ? digest : Refuse<Digest?>(result, NotAKeyId(Text(result))),
    };

    /// <summary>How a key signs.</summary>
    public static Option<string> Algorithm(string description) => OneOf("--algorithm", description, [.. Enum.GetValues<KeyAlgorithm>().Select(KeyAlgorithmName.Of)]);

    /// <summary>An argument that is one of some words.</summary>
    public static Argument<string> Word(string name, string description, params IReadOnlyList<string> words) => new(name)
    {
        HelpName = string.Join('|', words),
        Description = description,
        CustomParser = result => words.Contains(Text(result)) ? Text(result) : Refuse<string>(result, $"'{Text(result)}' is not one of {string.Join(", ", words)}"),
    };

    public static Option<string> Commit() => new("--commit")
    {
        HelpName = "SHA",
        Description = "The commit it is built from: 7 to 64 hexadecimal digits",
        Required = true,
        CustomParser = result => CommitId.IsValid(Text(result)) ? Text(result) : Refuse<string>(result, $"'{Text(result)}' is not a commit; write 7 to 64 hexadecimal digits"),
    };

    /// <summary>A policy's version, from 1.</summary>
    public static Option<long?> Version(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 1
            ? version
            : Refuse<long?>(result, $"'{Text(result)}' is not a version; versions count from 1"),
    };

    /// <summary>An event's place in the log, from 1; people quote it as <c>#12</c>.</summary>
    public static Argument<long> Sequence() => new("SEQ")
    {
        Description = "The event's sequence number, as a receipt says it",
        CustomParser = result => long.TryParse(Text(result).TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence >= 1
            ? sequence
            : Refuse<long>(result, $"'{Text(result)}' is not a sequence number; they count from 1"),
    };

    public static Argument<string> File(string description) => new("FILE") { Description = $"{description}; - reads standard input" };

    /// <summary>A time; spans count from the clock of <paramref name="here"/>.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description, Surroundings here) => new(name)
    {
        HelpName = "TIME",
        Description = $"{description}: {PointInTime.Form}",
        CustomParser = result => PointInTime.TryParse(Text(result), here.Time.GetUtcNow(), out var time)
            ? time
            : Refuse<DateTimeOffset?>(result, $"'{Text(result)}' is not a time; write {PointInTime.Form}"),
    };

    /// <summary>One end of a period.</summary>
    public static Option<DateTimeOffset?> Bound(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = $"{description}: {PointInTime.BoundForm}",
        CustomParser = result => PointInTime.TryParseBound(Text(result), out var time)
            ? time
            : Refuse<DateTimeOffset?>(result, $"'{Text(result)}' is not a time; write {PointInTime.BoundForm}"),
    };

    public static Option<MaintenanceWindow?> Window(Surroundings here) => new("--window")
    {
        HelpName = "START/END",
        Description = "When it may be deployed; END may be a span from START, such as 4h",
        CustomParser = result => ParseWindow(Text(result), here.Time.GetUtcNow())
            ?? Refuse<MaintenanceWindow?>(result, $"'{Text(result)}' is not a window; write START/END with END after START, e.g. 2026-01-31T22:00:00Z/4h"),
    };

    /// <summary>A key that signs notes, such as a log's or a witness's.</summary>
    public static Option<VerifierKey?> Key(string name, string description) => new(name)
    {
        HelpName = "KEY",
        Description = description,
        CustomParser = result => VerifierKey.TryParse(Text(result), out var key, out var error) ? key : Refuse<VerifierKey?>(result, $"the key cannot be read: {error}"),
    };

    /// <summary>As <see cref="Key"/>, any number of them.</summary>
    public static Option<VerifierKey[]> Keys(string name, string description) => new(name)
    {
        HelpName = "KEY",
        Description = $"{description}; give it once for each",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.Select(token => VerifierKey.TryParse(token.Value, out var key, out var error) ? key : Refuse<VerifierKey>(result, $"the key cannot be read: {error}"))],
    };

    /// <summary>One of some words.</summary>
    public static Option<string> OneOf(string name, string description, params IReadOnlyList<string> words) => new(name)
    {
        HelpName = string.Join('|', words),
        Description = description,
        CustomParser = result => words.Contains(Text(result)) ? Text(result) : Refuse<string>(result, $"'{Text(result)}' is not one of {string.Join(", ", words)}"),
    };

    public static Option<ArtifactBody[]> Artifacts() => new("--artifact")
    {
        HelpName = "NAME=sha256:HEX",
        Description = "What is released, by digest; give it once for each",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.Select(token => ParseArtifact(token.Value, result))],
    };

    /// <summary>A time or a leaf index to look back to, as the server reads it.</summary>
    public static Option<string?> AsOf() => new("--as-of")
    {
        HelpName = "TIME|LEAF",
        Description = "As it stood then: a time (RFC 3339) or a leaf index",
        CustomParser = result => ParseAsOf(Text(result)) ?? Refuse<string?>(result, $"'{Text(result)}' is neither a time (RFC 3339) nor a leaf index"),
    };

    public static Option<int> Count(string name, string description, int preset, int max) => new(name)
    {
        HelpName = "N",
        Description = $"{description} (1 to {max}; {preset} when not given)",
        DefaultValueFactory = _ => preset,
        CustomParser = result => int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= max
            ? count
            : Refuse<int>(result, $"'{Text(result)}' is not a number from 1 to {max}"),
    };

    private static string? ParseAsOf(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var leafIndex)) return leafIndex.ToString(CultureInfo.InvariantCulture);
        return !PointInTime.TryParseSpan(text, out _) && PointInTime.TryParse(text, default, out var time) ? UtcTimeJsonConverter.ToText(time) : null;
    }

    private static MaintenanceWindow? ParseWindow(string text, DateTimeOffset now) =>
        text.Split('/') is [var first, var second]
        && PointInTime.TryParse(first, now, out var start) && PointInTime.TryParse(second, start, out var end) && end > start
            ? new MaintenanceWindow(start, end)
            : null;

    private static ArtifactBody ParseArtifact(string text, ArgumentResult result)
    {
        // A name may hold '=', a digest never does.
        var split = text.LastIndexOf('=');
        return split > 0 && Digest.TryParse(text[(split + 1)..], out var digest)
            ? new ArtifactBody(text[..split], digest.ToString())
            : Refuse<ArtifactBody>(result, $"'{text}' is not an artifact; write NAME=sha256: and 64 hexadecimal digits");
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

    private static string NotASigner(string text) => $"'{text}' is not a signer's id; ids have lower-case letters, digits, '.', '_', '-', '+' and '@'";

    private static string NotAKeyId(string text) => $"'{text}' is not a key's id; write sha256: and 64 hexadecimal digits, as 'signer show' does";

    private static string NotAName(string text) => $"'{text}' is not a name; names have letters, digits, '-', '.' and '_'";

    private static string Text(SymbolResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;

    private static T Refuse<T>(SymbolResult result, string error)
    {
        result.AddError(error);
        return default!;
    }
}
