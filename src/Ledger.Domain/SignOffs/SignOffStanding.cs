using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.SignOffs;

/// <summary>A release's sign-off chain as it stands.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Stages">Every stage, in the policy's order.</param>
/// <param name="Past">The sign-offs that do not count any more, oldest first: withdrawn, or made before a gate changed.</param>
public sealed record SignOffStanding(
    [property: JsonPropertyName("state")] ChainState State,
    [property: JsonPropertyName("stages")] IReadOnlyList<StageStanding> Stages,
    [property: JsonPropertyName("past")] IReadOnlyList<PastSignOff> Past);

/// <summary>One stage of the chain.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Quorum">How many of its roles must approve.</param>
/// <param name="Roles">The roles that may sign here.</param>
/// <param name="SignOffs">Those that count, in the order they came.</param>
/// <param name="Complete">Whether its quorum is there, and no rejection of it waits for an answer.</param>
/// <param name="Open">Whether a sign-off may come here now.</param>
public sealed record StageStanding(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("quorum")] int Quorum,
    [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
    [property: JsonPropertyName("signOffs")] IReadOnlyList<SignOffState> SignOffs,
    [property: JsonPropertyName("complete")] bool Complete,
    [property: JsonPropertyName("open")] bool Open)
{
    /// <summary>The roles that have not signed, while the quorum is not there; none when it is.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> MissingRoles => Approvals >= Quorum ? [] : [.. Roles.Where(role => SignOffs.All(signOff => signOff.Role != role))];

    /// <summary>How many have approved.</summary>
    [JsonIgnore]
    public int Approvals => SignOffs.Count(signOff => signOff.Decision == SignOffChoice.Approve);

    /// <summary>Who is waited for, in words; null when nobody is.</summary>
    [JsonIgnore]
    public string? Awaited => MissingRoles switch
    {
        [] => null,
        [var role] => $"{role} has not signed",
        var roles when roles.Count == Quorum - Approvals => $"{string.Join(", ", roles)} have not signed",
        var roles => $"{Quorum - Approvals} of {string.Join(", ", roles)} must still sign",
    };
}

/// <summary>A sign-off that does not count any more.</summary>
/// <param name="SignOff">The sign-off.</param>
/// <param name="Stale">The newest change of a gate, where that came after it; else it was withdrawn.</param>
public sealed record PastSignOff(
    [property: JsonPropertyName("signOff")] SignOffState SignOff,
    [property: JsonPropertyName("stale"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? Stale);
