namespace Ledger.Store.Append;

/// <summary>The log is longer than what is being built on: another node appended. What was decided so far is decided again.</summary>
internal sealed class HeadMovedException : Exception;
