using System.Security.Cryptography;
using System.Text;
using Ledger.Server.Auth;
using Ledger.Store.Append;

namespace Ledger.Server.Http;

/// <summary>
/// <c>Idempotency-Key</c>: a repeated request with the same key is carried out once. What makes it the same request is its method, path,
/// query and body.
/// </summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    private const int MaxLength = 200;

    /// <summary>The key, or null where none was sent; or the problem when it cannot be one.</summary>
    public static (IdempotencyKey? Key, Problem? Problem) Read(HttpContext http, ReadOnlySpan<byte> body)
    {
        var values = http.Request.Headers[Name];
        if (values.Count == 0) return (null, null);
        var key = values.ToString();
        if (values.Count > 1 || key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return (null, Problems.Malformed("idempotency_key_invalid", $"the {Name} is not 1 to {MaxLength} visible ASCII characters", "send a UUID"));

        var request = http.Request;
        var head = Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path.Value}{request.QueryString.Value}\n");
        var said = new byte[head.Length + SHA256.HashSizeInBytes];
        head.CopyTo(said, 0);
        SHA256.HashData(body, said.AsSpan(head.Length));
        return (IdempotencyKey.Of(http.Caller().Subject, key, said), null);
    }
}
