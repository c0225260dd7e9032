namespace Ledger.Store.Tests.Log;

/// <summary>One thing that somebody with every right on the database does to it behind the ledger's back.</summary>
/// <param name="Sql">What they do.</param>
/// <param name="FirstBad">The sequence of the event that an audit has to name; null when no event is hit.</param>
public sealed record Mutation(string Sql, long? FirstBad);
