using Ledger.Cli.Pins;
using Ledger.Domain.Actors;

namespace Ledger.Cli.Server;

/// <summary>A client with the token of some role, and the log that its server was found to speak for.</summary>
internal sealed class Connection(LedgerClient client, IReadOnlyList<Role> roles, TimeSpan? timeout, ServerAddress address) : IDisposable
{
    public LedgerClient Client => client;

    public ServerAddress Address => address;

    /// <summary>Set before anything but the log itself is asked for.</summary>
    public TrustedLog Log
    {
        get => LogIfChecked ?? throw new InvalidOperationException("the log was not checked yet");
        set => LogIfChecked = value;
    }

    public TrustedLog? LogIfChecked { get; private set; }

    /// <summary>Whether it will do for what these roles may do, within that time.</summary>
    public bool Serves(IReadOnlyList<Role> asked, TimeSpan? within) => LogIfChecked is not null && asked.SequenceEqual(roles) && within == timeout;

    public void Dispose() => client.Dispose();
}
