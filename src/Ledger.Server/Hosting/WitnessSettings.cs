using Ledger.Integrity.Notes;
using Ledger.Integrity.Timestamps;
using Ledger.Store.Log.Witnesses;

namespace Ledger.Server.Hosting;

/// <summary>A witness of the log's checkpoints.</summary>
/// <param name="Key">What checks its cosignatures.</param>
/// <param name="Url">Its submission prefix (C2SP tlog-witness); null for one that is asked no more, and whose cosignatures are still checked.</param>
internal sealed record WitnessSetting(VerifierKey Key, Uri? Url);

/// <summary>A time-stamping authority (RFC 3161).</summary>
/// <param name="Roots">The roots that its timestamps are believed under.</param>
/// <param name="Url">Where it is asked; null for one that is asked no more, and whose timestamps are still checked.</param>
internal sealed record TimestampSetting(TimestampAnchors Roots, Uri? Url);

/// <summary>Who is told of the log's checkpoints, and how often. Nobody else is ever asked anything: these addresses come from the operator alone.</summary>
internal sealed record WitnessSettings
{
    public static WitnessSettings Nobody { get; } = new();

    public IReadOnlyList<WitnessSetting> Witnesses { get; init; } = [];

    public TimestampSetting? Timestamps { get; init; }

    /// <summary>The least time between two checkpoints that are sent.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    public CheckpointTrust Trust => new([.. Witnesses.Select(witness => witness.Key)], Timestamps?.Roots);

    /// <summary>Reads <c>Ledger:Witnesses:N:{Key,Url}</c>, <c>Ledger:Timestamps:{RootsFile,Url}</c> and <c>Ledger:WitnessSeconds</c>.</summary>
    /// <exception cref="FormatException">One of them cannot be what it is; the message names it.</exception>
    /// <exception cref="IOException">The file of roots cannot be read.</exception>
    public static WitnessSettings From(IConfigurationSection ledger)
    {
        var witnesses = ledger.GetSection("Witnesses").GetChildren().Select(Witness).ToList();
        if (witnesses.Count == 0 && !ledger.GetSection("Timestamps").Exists()) return Nobody;
        if (witnesses.DistinctBy(witness => witness.Key.ToString()).Count() != witnesses.Count) throw new FormatException("Ledger:Witnesses names a key twice");
        return new WitnessSettings { Witnesses = witnesses, Timestamps = Timestamp(ledger.GetSection("Timestamps")), Interval = Seconds(ledger["WitnessSeconds"]) };
    }

    private static WitnessSetting Witness(IConfigurationSection section)
    {
        if (!VerifierKey.TryParse(section["Key"]?.Trim() ?? string.Empty, out var key, out var error)) throw new FormatException($"{section.Path}:Key is no verifier key: {error}");
        return key.Type == NoteKeyType.Cosignature ? new WitnessSetting(key, Url(section)) : throw new FormatException($"{section.Path}:Key is not the key of a witness");
    }

    private static TimestampSetting? Timestamp(IConfigurationSection section)
    {
        if (!section.Exists()) return null;
        if (section["RootsFile"] is not { Length: > 0 } file) throw new FormatException($"{section.Path}:RootsFile is missing: without roots no timestamp can be believed");
        return TimestampAnchors.TryParsePem(File.ReadAllText(file), out var roots, out var error)
            ? new TimestampSetting(roots, Url(section))
            : throw new FormatException($"{section.Path}:RootsFile holds no roots: {error}");
    }

    private static Uri? Url(IConfigurationSection section)
    {
        if (string.IsNullOrWhiteSpace(section["Url"])) return null;
        return Uri.TryCreate(section["Url"]!.Trim(), UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
            ? url
            : throw new FormatException($"{section.Path}:Url is no http or https address without user, query and fragment");
    }

    private static TimeSpan Seconds(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Nobody.Interval;
        return ushort.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException("Ledger:WitnessSeconds is not a whole number of seconds, 1 to 65535");
    }
}
