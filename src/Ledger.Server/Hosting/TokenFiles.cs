using Ledger.Domain.Actors;
using Ledger.Store.Tokens;

namespace Ledger.Server.Hosting;

/// <summary>Tokens in files: how the first callers of a ledger get theirs.</summary>
internal static class TokenFiles
{
    /// <summary>A token of each role for every service, in <c>ROLE.token</c>. Those that are good stay as they are.</summary>
    public static async Task PrepareAllAsync(string directory, TokenStore tokens, CancellationToken cancellation)
    {
        foreach (var role in Roles.All)
        {
            var file = Path.Combine(directory, $"{role.Name()}.token");
            if (!await IsGoodAsync(file, role, tokens, cancellation)) await MakeAsync(file, role, tokens, cancellation);
        }
    }

    /// <summary>An admin's token in <paramref name="file"/>: one that is written there is made known, and where there is none it is made.</summary>
    /// <exception cref="InvalidDataException">The file holds no token, or one that is not an admin's, or not good any more.</exception>
    public static async Task PrepareAdminAsync(string file, TokenStore tokens, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            await MakeAsync(file, Role.Admin, tokens, cancellation);
            return;
        }

        if (!TokenText.TryHash(Read(file), out var hash)) throw new InvalidDataException($"{file} holds no token: ldg_ and 43 characters of base64url");
        await tokens.AddAsync(Standing(Role.Admin), hash, cancellation);
        if (!await IsGoodAsync(file, Role.Admin, tokens, cancellation))
            throw new InvalidDataException($"the token in {file} is not an admin's, or was revoked or has expired");
    }

    private static async Task<bool> IsGoodAsync(string file, Role role, TokenStore tokens, CancellationToken cancellation) =>
        File.Exists(file)
        && await tokens.CheckAsync(Read(file), cancellation) is (TokenStanding.Good, { } token)
        && token.Role == role
        && token.Services.Contains(Token.AllServices);

    private static async Task MakeAsync(string file, Role role, TokenStore tokens, CancellationToken cancellation)
    {
        var standing = Standing(role);
        var made = await tokens.CreateAsync(standing.Subject, standing.Role, standing.Services, cancellation: cancellation);
        DataDirectory.WriteSecret(file, made.Text + "\n");
    }

    private static Token Standing(Role role) => new($"local-{role.Name()}", role, [Token.AllServices]);

    private static string Read(string file) => File.ReadAllText(file).Trim();
}
