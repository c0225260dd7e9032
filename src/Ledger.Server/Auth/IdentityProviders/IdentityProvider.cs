namespace Ledger.Server.Auth.IdentityProviders;

/// <summary>Somebody whose word on who asks is taken: an issuer of ID tokens (OpenID Connect Core 1.0), e.g. the pipeline's own.</summary>
/// <param name="Name">Stands before the subject in the id of an actor, so that it is never mistaken for somebody who holds a token of the ledger's own.</param>
/// <param name="Issuer">What <c>iss</c> must be, letter by letter.</param>
/// <param name="Audience">What <c>aud</c> must be or hold, so that a token that was made for somebody else is no good here.</param>
/// <param name="Keys">Where its keys are, and how they are read.</param>
/// <param name="Grants">What its tokens are good for; the first that covers one counts.</param>
internal sealed record IdentityProvider(string Name, string Issuer, string Audience, ProviderKeys Keys, IReadOnlyList<Grant> Grants);
