namespace Ledger.Integrity.Notes;

/// <summary>C2SP signed-note, "Format": key names are not empty and hold no Unicode space and no plus sign.</summary>
internal static class KeyName
{
    public static bool IsValid(string name)
    {
        if (name.Length == 0) return false;
        foreach (var c in name)
            if (c == '+' || char.IsWhiteSpace(c)) return false;
        return NoteText.IsWellFormed(name);
    }
}
