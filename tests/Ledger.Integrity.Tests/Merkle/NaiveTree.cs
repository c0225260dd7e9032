using System.Security.Cryptography;

namespace Ledger.Integrity.Tests.Merkle;

/// <summary>RFC 6962 §2.1 word for word, over slices of the leaves: slow, and independent of what is tested.</summary>
internal static class NaiveTree
{
    public static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => BitConverter.GetBytes(i * 2654435761u))];

    public static Hash Root(ReadOnlySpan<byte[]> d)
    {
        if (d.Length == 0) return new Hash(SHA256.HashData([]));
        if (d.Length == 1) return new Hash(SHA256.HashData([0x00, .. d[0]]));
        var k = Split(d.Length);
        return new Hash(SHA256.HashData([0x01, .. Root(d[..k]).Bytes, .. Root(d[k..]).Bytes]));
    }

    public static Hash[] Path(int m, ReadOnlySpan<byte[]> d)
    {
        if (d.Length == 1) return [];
        var k = Split(d.Length);
        return m < k ? [.. Path(m, d[..k]), Root(d[k..])] : [.. Path(m - k, d[k..]), Root(d[..k])];
    }

    public static Hash[] Proof(int m, ReadOnlySpan<byte[]> d) => Subproof(m, d, isWhole: true);

    private static Hash[] Subproof(int m, ReadOnlySpan<byte[]> d, bool isWhole)
    {
        if (m == d.Length) return isWhole ? [] : [Root(d)];
        var k = Split(d.Length);
        return m <= k ? [.. Subproof(m, d[..k], isWhole), Root(d[k..])] : [.. Subproof(m - k, d[k..], isWhole: false), Root(d[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n) k *= 2;
        return k;
    }
}
