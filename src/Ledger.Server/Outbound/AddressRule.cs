using System.Net;
using System.Net.Sockets;

namespace Ledger.Server.Outbound;

/// <summary>Which addresses may be connected to. Those of instance metadata, link-local, multicast and the like never are.</summary>
internal enum AddressRule
{
    /// <summary>What everybody in the internet can reach.</summary>
    PublicOnly,

    /// <summary>The operator's own network and machine, too.</summary>
    AlsoPrivate,

    /// <summary>This machine alone: for what is not encrypted.</summary>
    LoopbackOnly,
}

/// <summary>Tells addresses apart (IANA IPv4 and IPv6 Special-Purpose Address Registries).</summary>
internal static class AddressRules
{
    private static readonly IPNetwork[] Loopback = Networks("127.0.0.0/8", "::1/128");

    private static readonly IPNetwork[] Private = Networks("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    // What hands out the credentials of a machine in a cloud, where the address is not link-local anyway.
    private static readonly IPNetwork[] Metadata = Networks("100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128");

    private static readonly IPNetwork[] Special = Networks(
        "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    // Of IPv6 this alone is global unicast: NAT64, unique-local, link-local and multicast addresses are outside it.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the rule lets the address be connected to.</summary>
    public static bool Allows(this AddressRule rule, IPAddress address)
    {
        // Mapped first: IPNetwork compares such an address with IPv6 networks by the bits of its IPv4 half.
        if (address.IsIPv4MappedToIPv6 || IsIn(Metadata, address)) return false;
        return rule switch
        {
            AddressRule.PublicOnly => IsPublic(address),
            AddressRule.AlsoPrivate => IsPublic(address) || IsIn(Private, address) || IsIn(Loopback, address),
            AddressRule.LoopbackOnly => IsIn(Loopback, address),
            _ => false,
        };
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !IsIn(Special, address) && !IsIn(Private, address) && !IsIn(Loopback, address),
        AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(address) && !IsIn(Special, address),
        _ => false,
    };

    private static bool IsIn(IPNetwork[] networks, IPAddress address) =>
        Array.Exists(networks, network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));

    private static IPNetwork[] Networks(params string[] networks) => Array.ConvertAll(networks, text => IPNetwork.Parse(text));
}
