using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Actors;
using Ledger.Server.Auth;
using Ledger.Server.Auth.IdentityProviders;
using Ledger.Server.Http;

namespace Ledger.Server.Tests.Auth;

/// <summary>Tokens of an identity provider, and what is tried with them (RFC 8725, section 2).</summary>
public sealed class IdentityTokenTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestIssuer _issuer = new();
    private readonly SetClock _clock = new(Start);
    private readonly IdentityTokens _tokens;

    public IdentityTokenTests() => _tokens = new IdentityTokens(TestIssuer.Trust(new ProviderKeys(() => Task.FromResult(_issuer.KeySet()))), _clock);

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task A_token_says_who_asks_and_a_grant_what_they_may()
    {
        foreach (var text in (string[])[_issuer.WithRsa(Claims()), _issuer.WithEc(Claims())])
        {
            var caller = (await GoodAsync(text)).Caller;
            (caller.Subject, caller.Role).ShouldBe(("pipeline:repo:example/shop:ref:refs/tags/v1.4.0", Role.Ci));
            caller.Services.ShouldBe(["shop"]);
        }

        // Of a list, each is claimed; of an audience, too.
        var person = await GoodAsync(_issuer.WithRsa(Claims(claims =>
        {
            claims["aud"] = new JsonArray("https://else.example.com", TestIssuer.Audience);
            claims["sub"] = "7f3a";
            claims["groups"] = new JsonArray("staff", "auditors");
            claims.Remove("repository");
        })));
        (person.Caller.Subject, person.Caller.Role, person.Caller.SeesEverything).ShouldBe(("pipeline:7f3a", Role.Auditor, true));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    public async Task No_algorithm_is_no_signature(string algorithm)
    {
        await RefusedAsync(TestIssuer.Sign(Claims(), TestIssuer.Header(algorithm, "rsa"), _ => []), "algorithm");
        await RefusedAsync(TestIssuer.Sign(Claims(), TestIssuer.Header(algorithm, null), _ => []), "no key");
        await RefusedAsync(TestIssuer.Sign(Claims(), TestIssuer.Header("RS256", "rsa"), _ => []), "signature");
    }

    [Fact]
    public async Task The_public_key_is_no_shared_secret()
    {
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(_issuer.Rsa.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(_issuer.Rsa.ExportRSAPublicKeyPem()),
            _issuer.Rsa.ExportSubjectPublicKeyInfo(), _issuer.Rsa.ExportParameters(false).Modulus!,
        ];
        foreach (var secret in secrets)
            await RefusedAsync(TestIssuer.Sign(Claims(), TestIssuer.Header("HS256", "rsa"), data => HMACSHA256.HashData(secret, data)), "algorithm");
    }

    [Fact]
    public async Task The_algorithm_is_the_key_s()
    {
        await RefusedAsync(TestIssuer.Sign(Claims(), TestIssuer.Header("PS256", "rsa"), data => _issuer.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)), "algorithm");
        await RefusedAsync(TestIssuer.Sign(Claims(), TestIssuer.Header("RS512", "rsa"), data => _issuer.Rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)), "algorithm");
        await RefusedAsync(_issuer.WithRsa(Claims(), header => header["kid"] = "ec"), "algorithm");
    }

    [Theory]
    [InlineData("../../../dev/null")]
    [InlineData("/etc/passwd")]
    [InlineData("RSA")]
    [InlineData("rsa ")]
    [InlineData("' or 1=1 --")]
    [InlineData("https://evil.example.com/keys")]
    public async Task A_key_s_id_is_a_name_in_the_set_and_nothing_else(string id) => await RefusedAsync(_issuer.WithRsa(Claims(), header => header["kid"] = id), "no such key");

    [Fact]
    public async Task Keys_and_addresses_in_the_header_are_not_looked_at()
    {
        using var evil = new TestIssuer();
        await using var listens = await Witnesses.OutsideWorld.StartAsync();
        var asked = 0;
        listens.Answer = (_, _) => Task.FromResult(Interlocked.Increment(ref asked));
        void Everything(JsonObject header)
        {
            header["jwk"] = evil.RsaKey();
            header["jku"] = listens.Address.ToString();
            header["x5u"] = listens.Address.ToString();
            header["x5c"] = new JsonArray(Convert.ToBase64String(new byte[64]));
        }

        await RefusedAsync(evil.WithRsa(Claims(), Everything), "signature");
        await RefusedAsync(evil.WithRsa(Claims(), header => { Everything(header); header.Remove("kid"); }), "no key");
        await GoodAsync(_issuer.WithRsa(Claims(), Everything));
        asked.ShouldBe(0);
    }

    [Fact]
    public async Task What_must_be_understood_and_is_not_is_refused() =>
        await RefusedAsync(_issuer.WithRsa(Claims(), header => { header["crit"] = new JsonArray("b64"); header["b64"] = false; }), "crit");

    [Theory]
    [InlineData("iss", "https://issuer.example.com/", "issuer")]
    [InlineData("iss", "https://else.example.com", "issuer")]
    [InlineData("iss", null, "issuer")]
    [InlineData("aud", "https://else.example.com", "audience")]
    [InlineData("aud", "https://ledger.example.com.evil.example", "audience")]
    [InlineData("aud", null, "audience")]
    [InlineData("exp", null, "end")]
    [InlineData("sub", null, "subject")]
    [InlineData("sub", "jane.doe@example.com", "subject")]
    [InlineData("sub", "two words", "subject")]
    public async Task It_is_for_this_ledger_by_its_issuer_for_a_while(string claim, string? value, string why) =>
        await RefusedAsync(_issuer.WithRsa(Claims(claims => { claims.Remove(claim); if (value is not null) claims[claim] = value; })), why);

    [Fact]
    public async Task A_clock_may_be_a_minute_off_and_no_more()
    {
        var end = Start.AddMinutes(10);
        var text = _issuer.WithRsa(Claims());
        _clock.Now = end.AddSeconds(59);
        await GoodAsync(text);
        _clock.Now = end.AddSeconds(61);
        await RefusedAsync(text, "expired", "token_expired");

        _clock.Now = Start.AddSeconds(-59);
        await GoodAsync(text);
        _clock.Now = Start.AddSeconds(-61);
        await RefusedAsync(text, "nbf");
    }

    [Theory]
    [InlineData("repository", "example/shop2")]
    [InlineData("repository", "Example/shop")]
    [InlineData("ref", "refs/heads/main")]
    [InlineData("ref", "xrefs/tags/v1")]
    [InlineData("groups", "auditorsX")]
    public async Task What_no_grant_covers_may_nothing(string claim, string value)
    {
        var answer = await AskAsync(_issuer.WithRsa(Claims(claims => { if (claim == "groups") claims.Remove("repository"); claims[claim] = value; })));
        answer.Succeeded(out _, out var problem).ShouldBeFalse();
        (problem!.Status, problem.Code).ShouldBe((403, "grant_missing"));
    }

    [Fact]
    public async Task Of_a_token_not_one_character_is_changed()
    {
        var text = _issuer.WithEc(Claims());
        for (var i = 0; i < text.Length; i++)
        {
            // The last character of a part holds bits that mean nothing; every other is signed, or the signature.
            if (i + 1 == text.Length || text[i + 1] == '.' || text[i] == '.') continue;
            var changed = $"{text[..i]}{(text[i] == 'A' ? 'B' : 'A')}{text[(i + 1)..]}";
            (await AskAsync(changed)).Succeeded(out _, out _).ShouldBeFalse($"at {i}");
        }
    }

    [Fact]
    public async Task Rubbish_is_refused_and_named_so()
    {
        foreach (var text in (string[])["eyJ..", "eyJhbGciOiJSUzI1NiJ9..", "eyJ!.e30.AA", $"eyJ{new string('A', 20_000)}.e30.AA", $"eyJhbGciOiJSUzI1NiJ9.{new string('e', 100)}.AA"])
            await RefusedAsync(text, "the token is not good here");
    }

    private static JsonObject Claims(Action<JsonObject>? change = null)
    {
        var claims = TestIssuer.Claims(Start);
        change?.Invoke(claims);
        return claims;
    }

    private ValueTask<Attempt<Identity>> AskAsync(string text) => _tokens.IdentifyAsync(text, CancellationToken.None);

    private async Task<Identity> GoodAsync(string text)
    {
        (await AskAsync(text)).Succeeded(out var identity, out var problem).ShouldBeTrue(problem?.Message);
        return identity!;
    }

    private async Task RefusedAsync(string text, string why, string code = "token_invalid")
    {
        (await AskAsync(text)).Succeeded(out _, out var problem).ShouldBeFalse();
        (problem!.Status, problem.Code).ShouldBe((401, code), problem.Message);
        problem.Message.ShouldContain(why);
        problem.Message.ShouldNotContain(text.Split('.')[1] is { Length: > 0 } payload ? payload : "eyJ");
    }
}
