using System.Text.Json.Nodes;
using Ledger.Server.Auth.IdentityProviders;
using Ledger.Server.Outbound;
using Ledger.Server.Tests.Witnesses;
using Microsoft.AspNetCore.Http;

namespace Ledger.Server.Tests.Auth;

/// <summary>Where keys of a provider come from, and what becomes of them when they are replaced or cannot be had.</summary>
public sealed class ProviderKeysTests : IDisposable
{
    private readonly TestIssuer _issuer = new();
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task A_new_key_is_found_while_the_server_runs_and_one_that_was_taken_back_is_not()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Set(_issuer.RsaKey("old")));
            var keys = ProviderKeys.InFile(file);
            (await FindAsync(keys, "old")).ShouldBe("RS256");

            await File.WriteAllTextAsync(file, Set(_issuer.EcKey("new")));
            (await FindAsync(keys, "new")).ShouldBe("none"); // it has just been read
            _clock.Now += ProviderKeys.Pause;
            (await FindAsync(keys, "new")).ShouldBe("ES256");
            (await FindAsync(keys, "old")).ShouldBe("none");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Invented_keys_do_not_make_the_ledger_ask_again_and_again()
    {
        var read = 0;
        var keys = new ProviderKeys(() => { read++; return Task.FromResult(_issuer.KeySet()); });
        for (var i = 0; i < 1000; i++) (await FindAsync(keys, $"invented-{i}")).ShouldBe("none");
        read.ShouldBe(1);
        _clock.Now += ProviderKeys.FreshFor;
        (await FindAsync(keys, "rsa")).ShouldBe("RS256");
        read.ShouldBe(2);
    }

    [Fact]
    public async Task A_provider_that_is_away_keeps_its_keys_for_a_day()
    {
        await using var world = await OutsideWorld.StartAsync();
        var away = true;
        world.Answer = async (http, _) =>
        {
            if (away) http.Response.StatusCode = 500;
            else await http.Response.WriteAsync(_issuer.KeySet());
        };
        var keys = ProviderKeys.At(world.Address, AddressRule.LoopbackOnly);
        (await FindAsync(keys, "rsa")).ShouldBe("away");
        away = false;
        (await FindAsync(keys, "rsa")).ShouldBe("away");
        _clock.Now += ProviderKeys.Pause;
        (await FindAsync(keys, "rsa")).ShouldBe("RS256");

        away = true;
        _clock.Now += ProviderKeys.GoodFor - TimeSpan.FromSeconds(1);
        (await FindAsync(keys, "rsa")).ShouldBe("RS256");
        _clock.Now += ProviderKeys.Pause;
        (await FindAsync(keys, "rsa")).ShouldBe("away");
    }

    [Fact]
    public void A_set_with_nothing_that_is_good_for_signatures_is_refused()
    {
        void Refused(string json, string why)
        {
            KeySet.TryParse(json, out _, out var error).ShouldBeFalse(json);
            error.ShouldNotBeNull().ShouldContain(why);
        }

        Refused("{", "is no JSON Web Key Set");
        Refused("""{"keys":[]}""", "has no RSA key");
        Refused("""{"keys":[{"kty":"oct","kid":"a","k":"c2VjcmV0"}]}""", "has no RSA key");
        Refused(Set(With(_issuer.RsaKey(), "use", "enc")), "has no RSA key");
        Refused(Set(With(_issuer.RsaKey(), "alg", "HS256")), "has no RSA key");
        Refused(Set(With(_issuer.RsaKey(), "n", "AQAB")), "has no RSA key");
        Refused(Set(With(_issuer.EcKey(), "alg", "ES384")), "has no RSA key");
        Refused(Set(With(_issuer.EcKey(), "x", "AAAA")), "has no RSA key");
        Refused(Set(_issuer.RsaKey("one"), _issuer.EcKey("one")), "two keys with the id 'one'");
        Refused(Set(With(_issuer.RsaKey(), "kid", "")), "without an id");
    }

    private static JsonObject With(JsonObject key, string name, string value)
    {
        key[name] = value;
        return key;
    }

    private static string Set(params JsonObject[] keys) => new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString();

    private async Task<string> FindAsync(ProviderKeys keys, string id)
    {
        var answer = await keys.FindAsync(id, _clock, CancellationToken.None);
        return answer.IsKnown ? answer.Key?.Algorithm ?? "none" : "away";
    }
}
