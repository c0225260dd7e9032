using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Timestamps;
using Ledger.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace Ledger.Server.Tests.Hosting;

public sealed class WitnessSettingsTests
{
    private static readonly VerifierKey Witness = VerifierKey.ForCosigner("witness.example/w1", SigningKey.Generate(KeyAlgorithm.Ed25519).PublicKey);

    [Fact]
    public void Without_settings_nobody_is_told()
    {
        var settings = Read();
        settings.Witnesses.ShouldBeEmpty();
        settings.Timestamps.ShouldBeNull();
        settings.Interval.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Witnesses_and_an_authority_are_named_with_what_they_are_believed_by()
    {
        using var authority = new LocalAuthority();
        var roots = Path.GetTempFileName();
        File.WriteAllText(roots, authority.RootPem);
        try
        {
            var old = VerifierKey.ForCosigner("witness.example/old", Witness.PublicKey);
            var settings = Read(
                ("Witnesses:0:Key", Witness.ToString()), ("Witnesses:0:Url", "https://witness.example/prefix/"), ("Witnesses:1:Key", old.ToString()),
                ("Timestamps:RootsFile", roots), ("Timestamps:Url", "http://tsa.example/tsr"), ("WitnessSeconds", "60"));

            settings.Witnesses.ShouldBe([new WitnessSetting(Witness, new Uri("https://witness.example/prefix/")), new WitnessSetting(old, null)]);
            settings.Trust.Witnesses.ShouldBe([Witness, old]);
            settings.Timestamps!.Url.ShouldBe(new Uri("http://tsa.example/tsr"));
            settings.Trust.TimestampRoots!.Fingerprints.Count.ShouldBe(1);
            settings.Interval.ShouldBe(TimeSpan.FromMinutes(1));
        }
        finally
        {
            File.Delete(roots);
        }
    }

    [Theory]
    [InlineData("Witnesses:0:Url", "https://witness.example", "Ledger:Witnesses:0:Key is no verifier key")]
    [InlineData("Witnesses:0:Key", "rubbish", "Ledger:Witnesses:0:Key is no verifier key")]
    [InlineData("Witnesses:0:Key", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "Ledger:Witnesses:0:Key is not the key of a witness")]
    [InlineData("Timestamps:Url", "https://tsa.example", "Ledger:Timestamps:RootsFile is missing")]
    public void What_cannot_be_is_named(string name, string value, string message) => Should.Throw<FormatException>(() => Read((name, value))).Message.ShouldStartWith(message);

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("witness.example")]
    [InlineData("https://user:secret@witness.example/")]
    [InlineData("https://witness.example/?q=1")]
    public void An_address_is_http_and_nothing_else(string url) =>
        Should.Throw<FormatException>(() => Read(("Witnesses:0:Key", Witness.ToString()), ("Witnesses:0:Url", url))).Message.ShouldStartWith("Ledger:Witnesses:0:Url is no http or https address");

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    public void The_time_between_two_checkpoints_is_whole_seconds(string seconds) =>
        Should.Throw<FormatException>(() => Read(("Witnesses:0:Key", Witness.ToString()), ("WitnessSeconds", seconds))).Message.ShouldStartWith("Ledger:WitnessSeconds");

    private static WitnessSettings Read(params (string Name, string Value)[] settings) => WitnessSettings.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Ledger:{setting.Name}", setting.Value))).Build().GetSection("Ledger"));
}
