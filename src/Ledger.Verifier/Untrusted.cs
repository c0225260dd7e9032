namespace Ledger.Verifier;

/// <summary>
/// Reads, folds or judges what a stranger made. Types keep most nonsense out, but not all of it (a null within a list shows only when it is
/// used), and whatever shows late is a finding about the evidence, never the end of the verifier.
/// </summary>
internal static class Untrusted
{
    /// <summary>What <paramref name="read"/> gives, which may be null; null with the reason where it cannot.</summary>
    public static T? Read<T>(Func<T?> read, out string? error)
        where T : class
    {
        try
        {
            error = null;
            return read();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A serializer's messages name types, and others nothing that helps: the domain's own are for people.
            error = exception is InvalidOperationException or FormatException ? exception.Message : "it does not hold what it has to";
            return null;
        }
    }
}
