using Ledger.Domain.Policies;

namespace Ledger.Store.Policies;

/// <summary>The newest version of a policy.</summary>
/// <param name="Policy">Name, version and digest.</param>
/// <param name="PublishedAt">When that version was published.</param>
public sealed record PolicyListing(PolicyReference Policy, DateTimeOffset PublishedAt);
