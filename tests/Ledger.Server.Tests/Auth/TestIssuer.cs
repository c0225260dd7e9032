using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Actors;
using Ledger.Server.Auth.IdentityProviders;

namespace Ledger.Server.Tests.Auth;

/// <summary>An issuer of ID tokens. It signs by hand, with .NET's cryptography alone: what is tested reads the format, not a library's own writing.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Issuer = "https://issuer.example.com";
    public const string Audience = "https://ledger.example.com";
    public const string Repository = "example/shop";

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Ec { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The claims of a pipeline's token that is good for ten minutes.</summary>
    public static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = $"repo:{Repository}:ref:refs/tags/v1.4.0", ["repository"] = Repository, ["ref"] = "refs/tags/v1.4.0",
        ["iat"] = now.ToUnixTimeSeconds(), ["nbf"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
    };

    /// <summary>The public keys: <c>rsa</c> and <c>ec</c>.</summary>
    public string KeySet() => new JsonObject { ["keys"] = new JsonArray(RsaKey(), EcKey()) }.ToJsonString();

    public JsonObject RsaKey(string id = "rsa")
    {
        var numbers = Rsa.ExportParameters(false);
        return new() { ["kty"] = "RSA", ["kid"] = id, ["use"] = "sig", ["alg"] = "RS256", ["n"] = Encode(numbers.Modulus!), ["e"] = Encode(numbers.Exponent!) };
    }

    public JsonObject EcKey(string id = "ec")
    {
        var point = Ec.ExportParameters(false).Q;
        return new() { ["kty"] = "EC", ["kid"] = id, ["crv"] = "P-256", ["x"] = Encode(point.X!), ["y"] = Encode(point.Y!) };
    }

    public string WithRsa(JsonObject claims, Action<JsonObject>? header = null, RSA? key = null) =>
        Sign(claims, Header("RS256", "rsa", header), data => (key ?? Rsa).SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string WithEc(JsonObject claims, Action<JsonObject>? header = null) => Sign(claims, Header("ES256", "ec", header), data => Ec.SignData(data, HashAlgorithmName.SHA256));

    public static JsonObject Header(string algorithm, string? key, Action<JsonObject>? change = null)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm };
        if (key is not null) header["kid"] = key;
        change?.Invoke(header);
        return header;
    }

    public static string Sign(JsonObject claims, JsonObject header, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Trust in this issuer, for pipelines of <see cref="Repository"/> at its tags.</summary>
    public static IdentityProviderSettings Trust(ProviderKeys keys) => new()
    {
        Providers =
        [
            new IdentityProvider("pipeline", Issuer, Audience, keys,
            [
                new Grant(new Dictionary<string, string> { ["repository"] = Repository, ["ref"] = "refs/tags/*" }, Role.Ci, ["shop"]),
                new Grant(new Dictionary<string, string> { ["groups"] = "auditors" }, Role.Auditor, ["*"]),
            ]),
        ],
    };

    public void Dispose()
    {
        Rsa.Dispose();
        Ec.Dispose();
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
