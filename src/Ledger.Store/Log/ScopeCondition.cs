namespace Ledger.Store.Log;

/// <summary><see cref="Domain.Events.StreamScope"/> in SQL.</summary>
internal static class ScopeCondition
{
    /// <summary>A condition on a stream's key.</summary>
    /// <param name="column">The key's column.</param>
    /// <param name="services">The parameter with the services.</param>
    public static string Of(string column, string services) =>
        $"({column} not like 'inbox/%' and ({column} not like 'release/%' or split_part({column}, '/', 2) = any({services})))";
}
