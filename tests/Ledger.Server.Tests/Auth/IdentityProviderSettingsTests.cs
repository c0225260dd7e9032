using Ledger.Domain.Actors;
using Ledger.Server.Auth.IdentityProviders;
using Microsoft.Extensions.Configuration;

namespace Ledger.Server.Tests.Auth;

public sealed class IdentityProviderSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Dictionary<string, string?> _good;

    public IdentityProviderSettingsTests()
    {
        using var issuer = new TestIssuer();
        File.WriteAllText(_file, issuer.KeySet());
        _good = new()
        {
            ["Name"] = "pipeline", ["Issuer"] = TestIssuer.Issuer, ["Audience"] = TestIssuer.Audience, ["KeysFile"] = _file,
            ["Grants:0:Role"] = "ci", ["Grants:0:Services"] = "shop, cart", ["Grants:0:Claims:repository"] = TestIssuer.Repository,
        };
    }

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Without_settings_nobody_is_trusted() => IdentityProviderSettings.From(new ConfigurationBuilder().Build().GetSection("Ledger")).Providers.ShouldBeEmpty();

    [Fact]
    public void A_provider_is_what_was_configured()
    {
        var provider = Read(_good).Providers.ShouldHaveSingleItem();
        (provider.Name, provider.Issuer, provider.Audience).ShouldBe(("pipeline", TestIssuer.Issuer, TestIssuer.Audience));
        var grant = provider.Grants.ShouldHaveSingleItem();
        (grant.Role, grant.Claims["repository"]).ShouldBe((Role.Ci, TestIssuer.Repository));
        grant.Services.ShouldBe(["shop", "cart"]);
        Read(With(("KeysFile", null), ("KeysUrl", "https://issuer.example.com/keys"))).Providers.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Name", "Git Hub", "Name is not 1 to 63")]
    [InlineData("Issuer", null, "Issuer is missing")]
    [InlineData("Audience", null, "Audience is missing")]
    [InlineData("KeysFile", null, " needs a KeysFile or a KeysUrl")]
    [InlineData("KeysUrl", "https://issuer.example.com/keys", " needs a KeysFile or a KeysUrl")]
    [InlineData("KeysFile", "/nowhere/keys.json", "KeysFile cannot be read: ")]
    [InlineData("KeysFile", "/proc/self/status", "KeysFile is no JSON Web Key Set")]
    [InlineData("Grants:0:Role", "admin", "Grants:0:Role is none of ci, release-manager, signer, auditor, compliance: an admin holds")]
    [InlineData("Grants:0:Role", "root", "Grants:0:Role is none of")]
    [InlineData("Grants:0:Services", "Bad Service", "Grants:0:Services names 'Bad Service'")]
    [InlineData("Grants:0:Claims:repository", null, "Grants:0:Claims are missing")]
    [InlineData("Grants:0:Claims:repository", "*", "Grants:0:Claims:repository asks for nothing")]
    [InlineData("Grants:0:Claim", "x", "Grants:0:Claim is none of Claims, Role, Services")]
    [InlineData("Algorithm", "none", "Algorithm is none of Name, Issuer")]
    public void What_cannot_be_is_named(string name, string? value, string message) =>
        Should.Throw<FormatException>(() => Read(With((name, value)))).Message.Replace("Ledger:IdentityProviders:0:", "").Replace("Ledger:IdentityProviders:0", "").ShouldStartWith(message);

    [Theory]
    [InlineData("http://issuer.example.com/keys", "is not encrypted")]
    [InlineData("https://169.254.169.254/keys", "is an address that is never connected to")]
    [InlineData("https://10.0.0.1/keys", "is an address that is not public")]
    public void An_address_is_one_that_may_be_asked(string url, string message) =>
        Should.Throw<FormatException>(() => Read(With(("KeysFile", null), ("KeysUrl", url)))).Message.ShouldContain($"KeysUrl {message}");

    [Fact]
    public void A_provider_is_named_once() => Should.Throw<FormatException>(() => Read(_good, _good)).Message.ShouldBe("Ledger:IdentityProviders names 'pipeline' twice");

    private Dictionary<string, string?> With(params (string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(_good);
        foreach (var (name, value) in changes)
        {
            settings.Remove(name);
            if (value is not null) settings[name] = value;
        }

        return settings;
    }

    private static IdentityProviderSettings Read(params Dictionary<string, string?>[] providers) => IdentityProviderSettings.From(
        new ConfigurationBuilder()
            .AddInMemoryCollection(providers.SelectMany((provider, i) => provider.Select(entry => KeyValuePair.Create($"Ledger:IdentityProviders:{i}:{entry.Key}", entry.Value))))
            .Build()
            .GetSection("Ledger"));
}
