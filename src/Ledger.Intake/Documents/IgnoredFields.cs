namespace Ledger.Intake.Documents;

/// <summary>
/// Members of a document that nobody here knows. They change nothing that is read, and they are told, so that a new version of a tool
/// that says more is noticed.
/// </summary>
internal sealed class IgnoredFields
{
    private const int MaxNames = 20;
    private const int MaxNameLength = 120;
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The first names, by path, sorted; never their values.</summary>
    public IReadOnlyList<string> Names => [.. _names];

    /// <summary>Notes the members of <paramref name="node"/> that are none of <paramref name="known"/>.</summary>
    public void Note(string path, Node node, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in node.Members())
        {
            if (known.Contains(name) || _names.Count == MaxNames) continue;
            var full = $"{path}.{name}";
            _names.Add(full.Length <= MaxNameLength ? full : full[..MaxNameLength]);
        }
    }
}
