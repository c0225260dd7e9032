using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Integrity.Webhooks;

/// <summary>
/// Signatures of webhooks as Standard Webhooks 1.0.0 has them: HMAC-SHA-256 over <c>id.timestamp.body</c>, sent as <c>v1,</c> and base64,
/// several with a space between them while a secret is exchanged for another. Pure and thread-safe.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the message's identity: the same on every attempt.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of the attempt, in whole seconds since 1970-01-01T00:00:00Z.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";
    private const int MaxHeaderLength = 1024;

    /// <summary>How far a timestamp may be from the receiver's clock, either way.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The value of <see cref="SignatureHeader"/>: one signature by each secret, in their order.</summary>
    /// <param name="id">The message's identity: no full stop in it, which would let two messages be signed alike.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="body">The body, byte for byte as it is sent.</param>
    /// <param name="secrets">The secrets that are in use.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or has a full stop.</exception>
    public static string Sign(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<WebhookSecret> secrets)
    {
        if (id.Length == 0 || id.Contains('.', StringComparison.Ordinal)) throw new ArgumentException("An id is not empty and has no full stop.", nameof(id));
        var content = Content(id, timestamp.ToString(CultureInfo.InvariantCulture), body);
        return string.Join(' ', secrets.Select(secret => Version + Convert.ToBase64String(HMACSHA256.HashData(secret.Key, content))));
    }

    /// <summary>Whether a message was signed with the secret, not long before or after <paramref name="now"/>.</summary>
    /// <param name="id">The value of <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">The value of <see cref="TimestampHeader"/>.</param>
    /// <param name="signatures">The value of <see cref="SignatureHeader"/>; those of other versions are passed by.</param>
    /// <param name="body">The body, byte for byte as it arrived.</param>
    /// <param name="secret">What the sender signs with.</param>
    /// <param name="now">The receiver's time; null when it does not matter how old the message is.</param>
    public static Verification Verify(string id, string timestamp, string signatures, ReadOnlySpan<byte> body, WebhookSecret secret, DateTimeOffset? now)
    {
        if (id.Length is 0 or > MaxHeaderLength || id.Contains('.', StringComparison.Ordinal)) return Verification.Invalid("webhook_id_malformed", $"{IdHeader} is empty, too long or has a full stop");
        if (!StrictDecimal.TryParse(timestamp, out var seconds)) return Verification.Invalid("webhook_timestamp_malformed", $"{TimestampHeader} is not a whole number of seconds");
        if (signatures.Length > MaxHeaderLength) return Verification.Invalid("webhook_signature_malformed", $"{SignatureHeader} has more than {MaxHeaderLength} characters");

        // The signature first: what nobody signed says nothing about time.
        var expected = HMACSHA256.HashData(secret.Key, Content(id, timestamp, body));
        var found = false;
        foreach (var part in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            found |= part.StartsWith(Version, StringComparison.Ordinal) && StrictBase64.TryDecode(part.AsSpan(Version.Length), out var given) && CryptographicOperations.FixedTimeEquals(given, expected);
        if (!found) return Verification.Invalid("webhook_signature_wrong", "no signature is by this secret over this id, timestamp and body");
        if (now is not { } time) return Verification.Valid;
        var age = time.ToUnixTimeSeconds() - (decimal)seconds;
        return Math.Abs(age) <= (decimal)Tolerance.TotalSeconds
            ? Verification.Valid
            : Verification.Invalid("webhook_timestamp_far", $"it was signed {Math.Abs(age)} s {(age > 0 ? "ago" : "in the future")}, and {Tolerance.TotalSeconds} s are let pass: it may be a repetition by somebody else");
    }

    private static byte[] Content(string id, string timestamp, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
}
