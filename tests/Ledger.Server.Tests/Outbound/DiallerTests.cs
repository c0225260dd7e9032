using System.Net;
using System.Net.Sockets;
using Ledger.Server.Outbound;

namespace Ledger.Server.Tests.Outbound;

public sealed class DiallerTests
{
    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    public void What_everybody_can_reach_is_public(string address)
    {
        AddressRule.PublicOnly.Allows(IPAddress.Parse(address)).ShouldBeTrue();
        AddressRule.AlsoPrivate.Allows(IPAddress.Parse(address)).ShouldBeTrue();
        AddressRule.LoopbackOnly.Allows(IPAddress.Parse(address)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("::1")]
    [InlineData("fd12:3456::1")]
    public void What_is_the_operator_s_own_needs_the_operator_s_word(string address)
    {
        AddressRule.PublicOnly.Allows(IPAddress.Parse(address)).ShouldBeFalse();
        AddressRule.AlsoPrivate.Allows(IPAddress.Parse(address)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("fd00:ec2::254")]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:192.168.1.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2001::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2001:db8::1")]
    public void Some_addresses_are_never_connected_to(string address)
    {
        foreach (var rule in Enum.GetValues<AddressRule>()) rule.Allows(IPAddress.Parse(address)).ShouldBeFalse($"{rule}");
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_the_connection_goes_to_the_address_that_was_looked_at()
    {
        // The first answer is a public address, and every later one is this machine: what is checked is what is dialled.
        var asked = 0;
        var dialled = new List<IPEndPoint>();
        var dialler = new Dialler(
            (_, _) => Task.FromResult(new[] { IPAddress.Parse(Interlocked.Increment(ref asked) == 1 ? "93.184.215.14" : "127.0.0.1") }),
            (address, _) =>
            {
                dialled.Add(address);
                return Task.FromResult<Stream>(new MemoryStream());
            });

        await dialler.DialAsync(new DnsEndPoint("rebinding.example", 443), AddressRule.PublicOnly, default);
        asked.ShouldBe(1);
        dialled.ShouldBe([new IPEndPoint(IPAddress.Parse("93.184.215.14"), 443)]);

        var refused = await Should.ThrowAsync<AddressRefusedException>(async () => await dialler.DialAsync(new DnsEndPoint("rebinding.example", 443), AddressRule.PublicOnly, default));
        refused.Message.ShouldBe("the address 127.0.0.1 is not public: set AllowPrivate if that is what it should be");
        (asked, dialled.Count).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData("93.184.215.14", "127.0.0.1")]
    [InlineData("93.184.215.14", "169.254.169.254")]
    [InlineData("2606:4700:4700::1111", "::ffff:10.0.0.1")]
    public async Task One_bad_address_among_good_ones_spoils_the_name(string good, string bad)
    {
        var dialler = new Dialler((_, _) => Task.FromResult(new[] { IPAddress.Parse(good), IPAddress.Parse(bad) }), (_, _) => throw new InvalidOperationException("dialled"));
        await Should.ThrowAsync<AddressRefusedException>(async () => await dialler.DialAsync(new DnsEndPoint("mixed.example", 443), AddressRule.PublicOnly, default));
    }

    [Fact]
    public async Task Where_one_address_does_not_answer_the_next_is_tried()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var dialler = new Dialler((_, _) => Task.FromResult(new[] { IPAddress.Parse("127.0.0.2"), IPAddress.Loopback }), Dialler.ConnectAsync);
        await using var stream = await dialler.DialAsync(new DnsEndPoint("localhost", port), AddressRule.LoopbackOnly, default);
        using var accepted = await listener.AcceptTcpClientAsync();
        accepted.Connected.ShouldBeTrue();
    }
}
