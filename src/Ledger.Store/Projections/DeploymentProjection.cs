using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;

namespace Ledger.Store.Projections;

/// <summary>The inline projection of deployments and deadlines: a row of <c>ledger_deployments</c> for each release that has either.</summary>
internal static class DeploymentProjection
{
    /// <summary>What has to be written so that the row says <paramref name="after"/> where it said <paramref name="before"/>; null for nothing.</summary>
    public static DeploymentChange? Change(ReleaseState? before, ReleaseState after)
    {
        var next = OpenDeadlines.Next(after);
        var isSame = ReferenceEquals(before?.Deployment, after.Deployment) && (before is null ? null : OpenDeadlines.Next(before)) == next;
        if (isSame) return null;
        var terms = ReferenceEquals(before?.Deployment?.Terms, after.Deployment?.Terms) ? null : Terms(after);
        return new DeploymentChange(terms, State(after), next?.Due, next?.Key);
    }

    /// <summary>The terms as they are stored; null before a deployment starts.</summary>
    public static byte[]? Terms(ReleaseState state) =>
        state.Deployment?.Terms is { } terms ? JsonSerializer.SerializeToUtf8Bytes(terms, DomainJson.Default.DeploymentTerms) : null;

    /// <summary>The state as it is stored, without the terms; null where nothing was heard of a deployment.</summary>
    public static byte[]? State(ReleaseState state) =>
        state.Deployment is { } deployment ? JsonSerializer.SerializeToUtf8Bytes(deployment, DomainJson.Default.DeploymentState) : null;

    /// <summary>What terms and state say; null where there is no state.</summary>
    public static DeploymentState? Read(byte[]? terms, byte[]? state) => state is null ? null : JsonSerializer.Deserialize(state, DomainJson.Default.DeploymentState)! with
    {
        Terms = terms is null ? null : JsonSerializer.Deserialize(terms, DomainJson.Default.DeploymentTerms),
    };
}

/// <summary>A release's row in <c>ledger_deployments</c>.</summary>
/// <param name="Terms">What its deployment is held to; null where that stays as it is, which it does until the deployment starts over.</param>
/// <param name="State">How far it is.</param>
/// <param name="DueAt">When its next deadline passes.</param>
/// <param name="Deadline">The key of that deadline.</param>
internal sealed record DeploymentChange(byte[]? Terms, byte[]? State, DateTimeOffset? DueAt, string? Deadline);
