using System.Net;
using System.Net.Sockets;

namespace Ledger.Server.Outbound;

/// <summary>
/// Turns a name into a connection: it is resolved once, every address of the answer is held against the rule, and the connection is made to
/// one of these very addresses. A name that means another address a moment later changes nothing. Thread-safe.
/// </summary>
/// <param name="resolve">Finds the addresses of a name.</param>
/// <param name="connect">Connects to an address.</param>
internal sealed class Dialler(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> connect)
{
    public static Dialler OfThisMachine { get; } = new(Dns.GetHostAddressesAsync, ConnectAsync);

    /// <summary>Connects.</summary>
    /// <exception cref="AddressRefusedException">The name means an address that the rule does not let through, if only among others.</exception>
    public async ValueTask<Stream> DialAsync(DnsEndPoint target, AddressRule rule, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellation);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
            if (!rule.Allows(address)) throw new AddressRefusedException(address, rule);

        for (var i = 0; ; i++)
        {
            try
            {
                return await connect(new IPEndPoint(addresses[i], target.Port), cancellation);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                // The name has another address that may answer.
            }
        }
    }

    /// <summary>Connects a socket.</summary>
    public static async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address that must not be connected to.</summary>
internal sealed class AddressRefusedException(IPAddress address, AddressRule rule) : IOException(
    rule switch
    {
        AddressRule.LoopbackOnly => $"the address {address} is not this machine's, and what is not encrypted goes nowhere else",
        AddressRule.PublicOnly when AddressRule.AlsoPrivate.Allows(address) => $"the address {address} is not public: set AllowPrivate if that is what it should be",
        _ => $"the address {address} is one that is never connected to",
    });
