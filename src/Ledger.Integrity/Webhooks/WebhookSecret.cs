using System.Diagnostics.CodeAnalysis;

namespace Ledger.Integrity.Webhooks;

/// <summary>
/// What a sender and a receiver of webhooks share: 24 to 64 random bytes, written <c>whsec_</c> and base64 (Standard Webhooks 1.0.0,
/// "Symmetric"). Immutable and thread-safe.
/// </summary>
public sealed class WebhookSecret
{
    /// <summary>What every secret starts with.</summary>
    public const string Prefix = "whsec_";

    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Reads a secret.</summary>
    /// <param name="text">The whole text, no white space around it.</param>
    /// <param name="secret">The secret; null when the answer is false.</param>
    /// <param name="error">What is wrong, without any part of the text; null when the answer is true.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookSecret? secret, [NotNullWhen(false)] out string? error)
    {
        (secret, error) = (null, null);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) error = $"a secret starts with {Prefix}";
        else if (!StrictBase64.TryDecode(text.AsSpan(Prefix.Length), out var key)) error = $"what follows {Prefix} is not base64 with its padding";
        else if (key.Length is < MinBytes or > MaxBytes) error = $"a secret has {MinBytes} to {MaxBytes} bytes, and this one has {key.Length}";
        else secret = new WebhookSecret(key);
        return secret is not null;
    }

    /// <summary>Nothing of the secret, so that none gets into a log.</summary>
    public override string ToString() => $"{Prefix}…";
}
