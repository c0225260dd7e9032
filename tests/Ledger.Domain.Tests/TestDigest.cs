using System.Security.Cryptography;
using System.Text;

namespace Ledger.Domain.Tests;

internal static class TestDigest
{
    /// <summary>A digest of 32 equal bytes.</summary>
    public static Digest Of(byte filler) => Digest.Of(Enumerable.Repeat(filler, 32).ToArray());

    /// <summary>The SHA-256 of a text.</summary>
    public static Digest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The SHA-256 of bytes.</summary>
    public static Digest Of(byte[] bytes) => Digest.Of(SHA256.HashData(bytes));
}
