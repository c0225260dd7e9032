namespace Ledger.Domain.Tests.Releases;

internal static class TestDigest
{
    /// <summary>A digest of 32 equal bytes.</summary>
    public static Digest Of(byte filler) => Digest.Of(Enumerable.Repeat(filler, 32).ToArray());
}
