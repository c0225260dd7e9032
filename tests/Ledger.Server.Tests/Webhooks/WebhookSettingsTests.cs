using Ledger.Server.Outbound;
using Ledger.Server.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Ledger.Server.Tests.Webhooks;

public sealed class WebhookSettingsTests
{
    private static readonly (string Name, string? Value)[] Good =
        [("Name", "rollback"), ("Url", "https://hooks.example.com/ledger?key=k"), ("Secret", TestReceiver.SecretText), ("Events", "gate_reported, decision_made"), ("Services", "shop,cart")];

    [Fact]
    public void Without_settings_nobody_is_told() => WebhookSettings.From(new ConfigurationBuilder().Build().GetSection("Ledger")).Receivers.ShouldBeEmpty();

    [Fact]
    public void A_receiver_is_what_was_configured()
    {
        var receiver = Read(Good).Receivers.ShouldHaveSingleItem();
        (receiver.Name, receiver.Address, receiver.Rule, receiver.AttemptsMax, receiver.Wants.WaitsForDeadLetters)
            .ShouldBe(("rollback", "https://hooks.example.com", AddressRule.PublicOnly, 20, false));
        receiver.Wants.Events.ShouldBe(["gate_reported", "decision_made"]);
        receiver.Wants.Services.ShouldBe(["shop", "cart"]);
        $"{receiver}{string.Join(' ', receiver.Secrets)}".ShouldNotContain(TestReceiver.SecretText[6..]);

        var everything = Read([.. With("Events", "*"), ("AllowPrivate", "true"), ("Attempts", "3"), ("AfterDeadLetter", "wait")]).Receivers.Single();
        (everything.Wants.Events, everything.Rule, everything.AttemptsMax, everything.Wants.WaitsForDeadLetters).ShouldBe((null, AddressRule.AlsoPrivate, 3, true));
    }

    [Fact]
    public void A_file_holds_one_secret_or_two_while_it_is_exchanged()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"{TestReceiver.SecretText}\nwhsec_{Convert.ToBase64String(new byte[32])}\n");
            Read([.. With("Secret", null), ("SecretFile", file)]).Receivers.Single().Secrets.Count.ShouldBe(2);
            File.WriteAllText(file, "whsec_not-base64");
            Refused([.. With("Secret", null), ("SecretFile", file)]).ShouldBe("Ledger:Webhooks:0:SecretFile holds no secret: what follows whsec_ is not base64 with its padding");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Name", "Roll Back", "Ledger:Webhooks:0:Name is not 1 to 63 lower-case letters, digits and '-'")]
    [InlineData("Name", null, "Ledger:Webhooks:0:Name is not")]
    [InlineData("Url", null, "Ledger:Webhooks:0:Url is no https address")]
    [InlineData("Url", "ftp://hooks.example.com/", "Ledger:Webhooks:0:Url is no https address")]
    [InlineData("Url", "https://user:pass@hooks.example.com/", "Ledger:Webhooks:0:Url is no https address without user and fragment")]
    [InlineData("Url", "http://hooks.example.com/", "Ledger:Webhooks:0:Url is not encrypted")]
    [InlineData("Secret", null, "Ledger:Webhooks:0 needs a SecretFile or a Secret")]
    [InlineData("Secret", "hunter2canary99", "Ledger:Webhooks:0:Secret holds no secret: a secret starts with whsec_")]
    [InlineData("Events", null, "Ledger:Webhooks:0:Events is missing")]
    [InlineData("Events", "gate_reported,gate_exploded", "Ledger:Webhooks:0:Events names 'gate_exploded', which is not an event of this ledger: ")]
    [InlineData("Services", "shop,Bad Service", "Ledger:Webhooks:0:Services names 'Bad Service'")]
    [InlineData("AllowPrivate", "yes", "Ledger:Webhooks:0:AllowPrivate is neither true nor false")]
    [InlineData("Attempts", "0", "Ledger:Webhooks:0:Attempts is not a whole number from 1 to 100")]
    [InlineData("AfterDeadLetter", "stop", "Ledger:Webhooks:0:AfterDeadLetter is neither continue nor wait")]
    [InlineData("Retries", "5", "Ledger:Webhooks:0:Retries is none of Name, Url")]
    public void What_cannot_be_is_named_and_no_secret_told(string name, string? value, string message)
    {
        var said = Refused(With(name, value));
        said.ShouldStartWith(message);
        said.ShouldNotContain("hunter2");
        said.ShouldNotContain("user:pass");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Refused([.. With("Secret", null), ("SecretFile", "/nowhere/secret")]).ShouldStartWith("Ledger:Webhooks:0:SecretFile cannot be read: ");

    [Fact]
    public void A_name_is_one_receiver_s() =>
        Refused(Good, Good).ShouldBe("Ledger:Webhooks names 'rollback' twice");

    [Theory]
    [InlineData("https://169.254.169.254/", true, "is an address that is never connected to")]
    [InlineData("https://[::ffff:127.0.0.1]/", true, "is an address that is never connected to")]
    [InlineData("https://[64:ff9b::7f00:1]/", true, "is an address that is never connected to")]
    [InlineData("https://[fe80::1%25eth0]/", true, "is an address that is never connected to")]
    [InlineData("https://10.1.2.3/", false, "is an address that is not public: set AllowPrivate if that is what it should be")]
    [InlineData("https://[::1]/", false, "is an address that is not public: set AllowPrivate if that is what it should be")]
    [InlineData("https://2130706433/", true, "has an IPv4 address that is not written as four decimal numbers")]
    [InlineData("https://0x7f.1/", true, "has an IPv4 address that is not written as four decimal numbers")]
    [InlineData("https://0177.0.0.1/", true, "has an IPv4 address that is not written as four decimal numbers")]
    [InlineData("https://127.1:8443/x", true, "has an IPv4 address that is not written as four decimal numbers")]
    [InlineData("http://127.0.0.1:8080/", false, "is not encrypted: use https; http is for this machine's own addresses, with AllowPrivate")]
    [InlineData("http://10.1.2.3/", true, "is not encrypted: use https; http is for this machine's own addresses, with AllowPrivate")]
    public void Addresses_that_lead_inside_are_refused_at_once(string url, bool allowPrivate, string message) =>
        Refused([.. With("Url", url), ("AllowPrivate", $"{allowPrivate}")]).ShouldBe($"Ledger:Webhooks:0:Url {message}");

    [Theory]
    [InlineData("http://127.0.0.1:8080/hook", AddressRule.LoopbackOnly)]
    [InlineData("http://localhost/hook", AddressRule.LoopbackOnly)]
    [InlineData("http://[::1]:9/", AddressRule.LoopbackOnly)]
    [InlineData("https://10.1.2.3/", AddressRule.AlsoPrivate)]
    [InlineData("https://hooks.ns.svc.cluster.local/", AddressRule.AlsoPrivate)]
    internal void The_operator_s_own_network_can_be_allowed(string url, AddressRule rule) =>
        Read([.. With("Url", url), ("AllowPrivate", "true")]).Receivers.Single().Rule.ShouldBe(rule);

    private static (string, string?)[] With(string name, string? value) => [.. Good.Where(setting => setting.Name != name), (name, value)];

    private static string Refused(params (string, string?)[][] receivers) => Should.Throw<FormatException>(() => Read(receivers)).Message;

    private static WebhookSettings Read(params (string Name, string? Value)[][] receivers) => WebhookSettings.From(new ConfigurationBuilder()
        .AddInMemoryCollection(receivers.SelectMany((settings, n) => settings.Select(setting => new KeyValuePair<string, string?>($"Ledger:Webhooks:{n}:{setting.Name}", setting.Value))))
        .Build().GetSection("Ledger"));
}
