using System.CommandLine;
using System.Text;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Integrity.Keys;

namespace Ledger.Cli.Commands;

/// <summary>What is said of a signer's key beside the key itself.</summary>
internal sealed class SignerKeyOptions(Surroundings here)
{
    private const int MaxBytes = 16 * 1024;

    private readonly Option<string> _algorithm = Typed.Algorithm("How the key signs; needed for RSA keys in PEM");
    private readonly Option<DateTimeOffset?> _notBefore = Typed.Time("--not-before", "From when the key counts; at once unless given", here);
    private readonly Option<DateTimeOffset?> _notAfter = Typed.Time("--not-after", "Until when the key counts; without end unless given", here);

    public IEnumerable<Symbol> Symbols => [_algorithm, _notBefore, _notAfter];

    public bool AnyGiven(Session session) => session.Get(_algorithm) is not null || session.Get(_notBefore) is not null || session.Get(_notAfter) is not null;

    /// <summary>Reads a public key, and refuses what the server would; a private key goes no further than here.</summary>
    public async Task<Result<SignerKeyFile>> ReadAsync(Session session, string file)
    {
        var opened = await InputFile.ReadAsync(session.Here, file, MaxBytes, session.CancellationToken).ConfigureAwait(false);
        if (!opened.TryGet(out var bytes, out var failure)) return failure;
        var text = Encoding.UTF8.GetString(bytes);
        KeyAlgorithm? algorithm = session.Get(_algorithm) is { } name && KeyAlgorithmName.TryParse(name, out var known) ? known : null;
        var read = SignerKeyReader.Read(text, algorithm, out var key);
        if (!read.IsValid) return Failure.Usage(read.Code, $"{file}: {read.Reason}", Hint(read.Code, file));

        var value = text.AsSpan().TrimStart() is ['{', ..] ? Server.Answers.Parse(bytes)!.Value : JsonElementOf(text);
        return new SignerKeyFile($"sha256:{key!.KeyId}", new KeyBody(value, KeyAlgorithmName.Of(key.Algorithm), session.Time(_notBefore), session.Time(_notAfter)));
    }

    private static JsonElement JsonElementOf(string text)
    {
        using var document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        return document.RootElement.Clone();
    }

    private static string? Hint(string? code, string file) => code switch
    {
        "key_is_private" => $"give {file}{KeyFiles.PublicSuffix}",
        "key_algorithm_needed" => "say which: --algorithm rsa-pss-sha256",
        _ => null,
    };
}

/// <summary>A public key as it is handed in, and its id.</summary>
internal sealed record SignerKeyFile(string Id, KeyBody Body);
