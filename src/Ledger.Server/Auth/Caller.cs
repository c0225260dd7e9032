using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Store.Tokens;

namespace Ledger.Server.Auth;

/// <summary>Who asks, as the token says.</summary>
internal sealed class Caller(Token token)
{
    public Actor Actor { get; } = new(token.Subject, token.Role);

    public string Subject => token.Subject;

    public Role Role => token.Role;

    /// <summary>Names, or <see cref="Token.AllServices"/>.</summary>
    public IReadOnlyList<string> Services => token.Services;

    public bool SeesEverything => token.Services.Contains(Token.AllServices);

    public bool Covers(string service) => token.Covers(service);

    /// <summary>Whether they may see what is in a stream: <see cref="StreamScope"/>.</summary>
    public bool CoversStream(string stream) => StreamScope.Covers(stream, SeesEverything ? null : Services);
}

/// <summary>The caller of a request.</summary>
internal static class CallerOfRequest
{
    /// <summary>Who asks; only where the endpoint wants a token.</summary>
    public static Caller Caller(this HttpContext http) => (Caller)http.Items[typeof(Caller)]!;

    public static void SetCaller(this HttpContext http, Caller caller) => http.Items[typeof(Caller)] = caller;
}
