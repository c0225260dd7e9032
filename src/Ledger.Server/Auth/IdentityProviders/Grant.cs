using System.Text.Json;
using Ledger.Domain.Actors;

namespace Ledger.Server.Auth.IdentityProviders;

/// <summary>What the tokens of a provider are good for that claim certain things.</summary>
/// <param name="Claims">What must be claimed, all of it; at least one.</param>
/// <param name="Role">What the holder may do. Never <see cref="Role.Admin"/>: who runs the ledger is not for others to say.</param>
/// <param name="Services">For which services; <c>*</c> for all of them.</param>
internal sealed record Grant(IReadOnlyDictionary<string, string> Claims, Role Role, IReadOnlyList<string> Services)
{
    /// <summary>Whether what is claimed has all that the grant asks for. A claim that is a list has each of its elements.</summary>
    /// <param name="claimed">The token's payload, verified.</param>
    public bool Covers(JsonElement claimed) =>
        Claims.All(wanted => claimed.TryGetProperty(wanted.Key, out var claim) && Has(claim, wanted.Value));

    private static bool Has(JsonElement claim, string wanted) => claim.ValueKind switch
    {
        JsonValueKind.Array => claim.EnumerateArray().Any(element => IsText(element) && Matches(element, wanted)),
        _ => IsText(claim) && Matches(claim, wanted),
    };

    private static bool IsText(JsonElement claim) => claim.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False;

    // A star stands for the rest, at the end alone: refs/tags/*.
    private static bool Matches(JsonElement claim, string wanted) => wanted.EndsWith('*')
        ? claim.ToString().StartsWith(wanted[..^1], StringComparison.Ordinal)
        : string.Equals(Text(claim), wanted, StringComparison.Ordinal);

    private static string Text(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => claim.GetString()!,
    };
}
