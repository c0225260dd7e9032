using System.Security.Cryptography;
using System.Text;

namespace Ledger.Domain.ExternalEvents;

/// <summary>Where events of other systems are kept that fit no release: one stream for each source that sends such.</summary>
public static class Inbox
{
    private const string StreamPrefix = "inbox/";
    private const string Hashed = "sha256:";

    // A source may be 2,048 characters long, and a stream's key is in an index and in every leaf.
    private const int PlainLength = 200;

    /// <summary>The stream of a source's events: named by it, or by the SHA-256 of its UTF-8 where it is long or not printable ASCII.</summary>
    public static string StreamOf(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Length <= PlainLength && !source.StartsWith(Hashed, StringComparison.Ordinal) && source.All(c => c is > ' ' and <= '~')
            ? $"{StreamPrefix}{source}"
            : $"{StreamPrefix}{Hashed}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))}";
    }

    /// <summary>Whether a stream is a source's.</summary>
    public static bool IsStream(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(StreamPrefix, StringComparison.Ordinal);
    }
}
