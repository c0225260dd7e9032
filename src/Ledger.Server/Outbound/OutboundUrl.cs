using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Ledger.Server.Outbound;

/// <summary>Reads an address that is configured. What a name means is looked at when it is connected to; an address is looked at here already.</summary>
internal static class OutboundUrl
{
    /// <summary>Reads the address.</summary>
    /// <param name="text">As it is configured.</param>
    /// <param name="allowPrivate">Whether it may be in the operator's own network.</param>
    /// <param name="url">The address.</param>
    /// <param name="error">What is wrong, without the address; null when the answer is true.</param>
    public static bool TryParse(string? text, bool allowPrivate, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? error)
    {
        error = Uri.TryCreate(text, UriKind.Absolute, out url) && url is { Scheme: "http" or "https", UserInfo: "", Fragment: "" }
            ? Check(text!, url, allowPrivate)
            : "is no https address without user and fragment";
        return error is null && url is not null;
    }

    /// <summary>Which addresses the name in <paramref name="url"/>, which was read here, may mean.</summary>
    public static AddressRule RuleFor(Uri url, bool allowPrivate)
    {
        if (url.Scheme == Uri.UriSchemeHttp) return AddressRule.LoopbackOnly;
        return allowPrivate ? AddressRule.AlsoPrivate : AddressRule.PublicOnly;
    }

    private static string? Check(string text, Uri url, bool allowPrivate)
    {
        // Uri makes 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1: an address is written in the one way that everybody reads alike.
        if (url.HostNameType == UriHostNameType.IPv4 && HostIn(text) != url.Host) return "has an IPv4 address that is not written as four decimal numbers";
        var isLiteral = IPAddress.TryParse(url.IdnHost, out var address);
        var isLoopback = isLiteral ? AddressRule.LoopbackOnly.Allows(address!) : url.IdnHost == "localhost";
        if (url.Scheme == Uri.UriSchemeHttp && !(isLoopback && allowPrivate))
            return "is not encrypted: use https; http is for this machine's own addresses, with AllowPrivate";
        if (!isLiteral || (allowPrivate ? AddressRule.AlsoPrivate : AddressRule.PublicOnly).Allows(address!)) return null;
        return AddressRule.AlsoPrivate.Allows(address!) ? "is an address that is not public: set AllowPrivate if that is what it should be" : "is an address that is never connected to";
    }

    private static string HostIn(string text)
    {
        var authority = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = authority.AsSpan().IndexOfAny("/?#:\\");
        return end < 0 ? authority : authority[..end];
    }
}
