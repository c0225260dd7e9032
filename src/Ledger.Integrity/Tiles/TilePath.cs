using System.Globalization;
using System.Text;

namespace Ledger.Integrity.Tiles;

/// <summary>The paths of C2SP tlog-tiles, "Merkle Tree": <c>tile/L/N[.p/W]</c>, N in groups of three digits, all but the last after an <c>x</c>.</summary>
internal static class TilePath
{
    private const string Prefix = "tile/";
    private const string EntriesSegment = "entries";
    private const string PartialMark = ".p/";
    private const int MaxLength = 64;

    public static string Format(TileCoordinate tile)
    {
        if (tile.Width == 0) return "";
        var path = new StringBuilder(Prefix);
        if (tile.IsEntryBundle) path.Append(EntriesSegment);
        else path.Append(CultureInfo.InvariantCulture, $"{tile.Level}");
        AppendIndex(path, tile.Index);
        if (tile.IsPartial) path.Append(CultureInfo.InvariantCulture, $"{PartialMark}{tile.Width}");
        return path.ToString();
    }

    public static bool TryParse(ReadOnlySpan<char> path, out TileCoordinate tile)
    {
        tile = default;
        if (path.Length > MaxLength || !path.StartsWith(Prefix)) return false;
        var rest = path[Prefix.Length..];

        var slash = rest.IndexOf('/');
        if (slash < 0 || !TryParseLevel(rest[..slash], out var level)) return false;
        rest = rest[(slash + 1)..];

        var width = TileCoordinate.FullWidth;
        if (rest.IndexOf(PartialMark) is var mark and >= 0)
        {
            if (!TryParseDecimal(rest[(mark + PartialMark.Length)..], TileCoordinate.FullWidth - 1, out width) || width == 0) return false;
            rest = rest[..mark];
        }

        if (!TryParseIndex(rest, out var index)) return false;
        tile = level == TileCoordinate.EntriesLevel ? TileCoordinate.Entries(index, width) : new TileCoordinate(level, index, width);
        return true;
    }

    private static void AppendIndex(StringBuilder path, long index)
    {
        if (index >= 1000) AppendGroups(path, index / 1000);
        path.Append(CultureInfo.InvariantCulture, $"/{index % 1000:000}");
    }

    private static void AppendGroups(StringBuilder path, long groups)
    {
        if (groups >= 1000) AppendGroups(path, groups / 1000);
        path.Append(CultureInfo.InvariantCulture, $"/x{groups % 1000:000}");
    }

    private static bool TryParseLevel(ReadOnlySpan<char> text, out int level)
    {
        level = TileCoordinate.EntriesLevel;
        return text.SequenceEqual(EntriesSegment) || TryParseDecimal(text, TileCoordinate.MaxLevel, out level);
    }

    private static bool TryParseIndex(ReadOnlySpan<char> text, out long index)
    {
        index = 0;
        var isFirst = true;
        while (text is ['x', _, _, _, '/', ..])
        {
            if (isFirst && text[1..4].SequenceEqual("000")) return false; // A leading group of zeroes would be a second path for one tile.
            if (!TryAppendGroup(text[1..4], ref index)) return false;
            text = text[5..];
            isFirst = false;
        }

        return TryAppendGroup(text, ref index);
    }

    private static bool TryAppendGroup(ReadOnlySpan<char> group, ref long index)
    {
        if (group.Length != 3 || group.ContainsAnyExceptInRange('0', '9')) return false;
        var number = int.Parse(group, NumberStyles.None, CultureInfo.InvariantCulture);
        if (index > (long.MaxValue - number) / 1000) return false;
        index = (index * 1000) + number;
        return true;
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, int max, out int value)
    {
        value = 0;
        if (!StrictDecimal.TryParse(text, out var number) || number > max) return false;
        value = (int)number;
        return true;
    }
}
