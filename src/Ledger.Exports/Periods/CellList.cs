using System.Globalization;
using System.Text;

namespace Ledger.Exports.Periods;

/// <summary>Several things in one cell of a table, with <c>; </c> between them. What no longer fits is counted, not dropped unseen.</summary>
internal sealed class CellList
{
    /// <summary>Under what the common spreadsheets hold in a cell: 32,767 characters.</summary>
    private const int LengthAtMost = 32_000;

    private readonly StringBuilder _text = new();
    private int _more;

    public static string Of(IEnumerable<string> entries)
    {
        var list = new CellList();
        foreach (var entry in entries) list.Add(entry);
        return list.ToString();
    }

    public void Add(string entry)
    {
        if (_more > 0 || _text.Length + entry.Length > LengthAtMost)
        {
            _more++;
            return;
        }

        if (_text.Length > 0) _text.Append("; ");
        _text.Append(entry);
    }

    public override string ToString() => _more == 0 ? _text.ToString() : string.Create(CultureInfo.InvariantCulture, $"{_text}; and {_more} more");
}
