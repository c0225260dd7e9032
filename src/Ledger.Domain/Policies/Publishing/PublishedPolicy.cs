namespace Ledger.Domain.Policies;

/// <summary>A policy together with the reference that pins it.</summary>
public sealed record PublishedPolicy(PolicyReference Reference, Policy Policy);
