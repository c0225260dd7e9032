using Ledger.Integrity.Notes;

namespace Ledger.Cli.Pins;

/// <summary>The log that a server was found to speak for, before anything else was asked of it.</summary>
/// <param name="Pin">The newest checkpoint of it, consistent with every one seen before.</param>
/// <param name="Kept">Whether it is remembered; where it is not, the key is the server's own word.</param>
/// <param name="First">Whether nothing was known of this log before.</param>
internal sealed record TrustedLog(Pin Pin, bool Kept, bool First)
{
    public VerifierKey Key => Pin.LogKey;

    public string Origin => Pin.Origin;
}
