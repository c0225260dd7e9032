using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Ledger.Intake;
using Ledger.Server.Http;
using Ledger.Store.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ledger.Server.Auth.IdentityProviders;

/// <summary>
/// Finds out who asks by a token of a provider (RFC 7519, RFC 8725). The key is one of the provider's, by its exact id; the algorithm is the key's; what the
/// token's header says of keys and addresses is not looked at. Thread-safe.
/// </summary>
/// <param name="settings">Who is trusted.</param>
/// <param name="clock">Tells whether a token is good now.</param>
internal sealed class IdentityTokens(IdentityProviderSettings settings, TimeProvider clock)
{
    /// <summary>How far a provider's clock may be from this one.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int TokenBytesMax = 16 * 1024;
    private const int SubjectLengthMax = 200;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = TokenBytesMax };

    /// <summary>Whether a text is a signed token of the form that providers issue (JWS compact serialization), and not one of the ledger's own.</summary>
    public static bool IsOne([NotNullWhen(true)] string? text) => text is not null && text.StartsWith("eyJ", StringComparison.Ordinal) && text.AsSpan().Count('.') == 2;

    /// <summary>Finds out who holds the token, or why it is no good.</summary>
    public async ValueTask<Attempt<Identity>> IdentifyAsync(string text, CancellationToken cancellation)
    {
        if (text.Length > TokenBytesMax || Read(text) is not { } token) return Invalid("it cannot be read");
        if (settings.Providers.FirstOrDefault(provider => provider.Issuer == token.Issuer) is not { } provider) return Invalid("its issuer is none that this ledger trusts");
        if (token.TryGetHeaderValue<object>("crit", out _)) return Invalid("it needs something to be understood that is not understood here (crit)");
        if (string.IsNullOrEmpty(token.Kid)) return Invalid("it names no key (kid)");

        var answer = await provider.Keys.FindAsync(token.Kid, clock, cancellation);
        if (!answer.IsKnown) return KeysAway(provider);
        if (answer.Key is not { } key) return Invalid($"'{provider.Name}' has no such key");
        if (token.Alg != key.Algorithm) return Invalid("its algorithm is not that of its key");

        var result = await _handler.ValidateTokenAsync(token, Demands(provider, key));
        return result.IsValid ? Identify(provider, token) : Refuse(result.Exception);
    }

    private static JsonWebToken? Read(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (ArgumentException)
        {
            return null; // SecurityTokenMalformedException is one, too
        }
    }

    private TokenValidationParameters Demands(IdentityProvider provider, PinnedKey key) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.Audience,
        IssuerSigningKey = key.Key,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [key.Algorithm],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => IsInTime(from, until),
    };

    private bool IsInTime(DateTime? from, DateTime? until)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (until is not { } end) throw new SecurityTokenNoExpirationException();
        if (now - end >= Skew) throw new SecurityTokenExpiredException();
        return from is not { } start || start - now <= Skew;
    }

    private static Attempt<Identity> Identify(IdentityProvider provider, JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        if (provider.Grants.FirstOrDefault(grant => grant.Covers(payload.RootElement)) is not { } grant)
        {
            return new Problem(
                StatusCodes.Status403Forbidden, "grant_missing", $"nothing is granted to what this token of '{provider.Name}' claims",
                $"its operator grants it: Ledger:IdentityProviders:N:Grants");
        }

        // It stands in every event that its holder causes, for ever: a name, not a person's data.
        var subject = token.Subject;
        return subject is { Length: > 0 and <= SubjectLengthMax } && subject.All(c => c is > ' ' and < '\x7f') && Redactor.Redact(subject).Count == 0
            ? new Identity(new Token($"{provider.Name}:{subject}", grant.Role, grant.Services, new DateTimeOffset(token.ValidTo) + Skew), Text: null)
            : Invalid("its subject (sub) is not a name that may stand in the log: 1 to 200 visible characters, and no personal data");
    }

    // What the library says may repeat the token; what is said here is one of a few sentences.
    private static Problem Refuse(Exception exception) => exception switch
    {
        SecurityTokenExpiredException => Authentication.Challenge("token_expired", "the token has expired", "invalid_token"),
        SecurityTokenInvalidAudienceException => Invalid("it is for another audience"),
        SecurityTokenNoExpirationException => Invalid("it has no end (exp)"),
        SecurityTokenInvalidLifetimeException => Invalid("its time has not come (nbf)"),
        _ => Invalid("its signature or its content is not what its issuer makes"),
    };

    private static Problem Invalid(string why) => Authentication.Challenge("token_invalid", $"the token is not good here: {why}", "invalid_token");

    private static Problem KeysAway(IdentityProvider provider) => new(
        StatusCodes.Status503ServiceUnavailable, "identity_provider_unavailable", $"the keys of '{provider.Name}' cannot be had, so nobody can tell whether the token is good", "try again")
    {
        RetryAfterSeconds = (int)ProviderKeys.Pause.TotalSeconds,
    };
}
