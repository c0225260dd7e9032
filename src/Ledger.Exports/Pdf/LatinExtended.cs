namespace Ledger.Exports.Pdf;

/// <summary>
/// A second encoding for names that WinAnsi cannot write: U+0100 to U+017F as the codes 128 to 255, by glyph name (ISO 32000-1 §9.6.6.1, Adobe
/// Glyph List). The codes below 128 are those of ASCII.
/// </summary>
internal static class LatinExtended
{
    public const char First = '\u0100';
    public const char Last = '\u017F';
    public const int FirstCode = 128;

    private static readonly string[] Names =
        ("Amacron amacron Abreve abreve Aogonek aogonek Cacute cacute Ccircumflex ccircumflex Cdotaccent cdotaccent Ccaron ccaron Dcaron dcaron "
        + "Dcroat dcroat Emacron emacron Ebreve ebreve Edotaccent edotaccent Eogonek eogonek Ecaron ecaron Gcircumflex gcircumflex Gbreve gbreve "
        + "Gdotaccent gdotaccent Gcommaaccent gcommaaccent Hcircumflex hcircumflex Hbar hbar Itilde itilde Imacron imacron Ibreve ibreve Iogonek iogonek "
        + "Idotaccent dotlessi IJ ij Jcircumflex jcircumflex Kcommaaccent kcommaaccent kgreenlandic Lacute lacute Lcommaaccent lcommaaccent Lcaron lcaron Ldot "
        + "ldot Lslash lslash Nacute nacute Ncommaaccent ncommaaccent Ncaron ncaron napostrophe Eng eng Omacron omacron Obreve obreve "
        + "Ohungarumlaut ohungarumlaut OE oe Racute racute Rcommaaccent rcommaaccent Rcaron rcaron Sacute sacute Scircumflex scircumflex Scedilla scedilla "
        + "Scaron scaron Tcommaaccent tcommaaccent Tcaron tcaron Tbar tbar Utilde utilde Umacron umacron Ubreve ubreve Uring uring "
        + "Uhungarumlaut uhungarumlaut Uogonek uogonek Wcircumflex wcircumflex Ycircumflex ycircumflex Ydieresis Zacute zacute Zdotaccent zdotaccent Zcaron zcaron longs").Split(' ');

    /// <summary>The array of <c>/Differences</c>.</summary>
    public static string Differences { get; } = $"[{FirstCode} {string.Join(' ', Names.Select(name => $"/{name}"))}]";

    /// <summary>The ASCII letters whose widths the character is given: an accent adds none.</summary>
    public static string Base(char character) => Names[character - First] switch
    {
        "dotlessi" => "i",
        "longs" => "f",
        "Eng" => "N",
        "eng" => "n",
        "IJ" => "IJ",
        "ij" => "ij",
        "OE" => "OE",
        "oe" => "oe",
        var name => name[..1],
    };
}
