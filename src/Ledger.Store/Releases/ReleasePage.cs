namespace Ledger.Store.Releases;

/// <summary>Some of the releases, newest opened first.</summary>
/// <param name="Releases">At most as many as were asked for.</param>
/// <param name="Next">Where the next page starts; null when there is none.</param>
public sealed record ReleasePage(IReadOnlyList<ReleaseView> Releases, long? Next);
