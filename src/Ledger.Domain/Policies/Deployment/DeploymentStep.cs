using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>One step of a deployment: a share of the traffic that is watched for a while, or a line of a timeline with its owner.</summary>
/// <param name="Name">Unique among the steps; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Weight">The share of traffic or users, e.g. <c>10%</c>; null where the step moves none.</param>
/// <param name="Duration">How long it lasts; null where it takes no time of its own.</param>
/// <param name="Analyses">Names of the analyses that run during the step.</param>
/// <param name="MaxFailures">How many failed measurements the step bears, all its analyses together; null leaves it to each analysis.</param>
/// <param name="Offset">When it starts, counted from the start of the window; null where it follows the step before it.</param>
/// <param name="Owner">The role that carries it out, or null.</param>
/// <param name="Actions">What is done, in order, in words.</param>
/// <param name="Commands">What is typed, in order.</param>
public sealed record DeploymentStep(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("weight")] Quantity? Weight,
    [property: JsonPropertyName("duration")] Quantity? Duration,
    [property: JsonPropertyName("analyses")] IReadOnlyList<string> Analyses,
    [property: JsonPropertyName("maxFailures")] int? MaxFailures,
    [property: JsonPropertyName("offset")] Quantity? Offset,
    [property: JsonPropertyName("owner")] string? Owner,
    [property: JsonPropertyName("actions")] IReadOnlyList<string> Actions,
    [property: JsonPropertyName("commands")] IReadOnlyList<string> Commands);
