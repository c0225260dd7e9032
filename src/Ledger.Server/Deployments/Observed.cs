using Ledger.Domain.Deployments;
using Ledger.Server.Http;

namespace Ledger.Server.Deployments;

/// <summary>What somebody saw happen outside the ledger, on its way into a command.</summary>
internal static class Observed
{
    /// <summary>Its source is free text, so it is redacted like all others.</summary>
    public static Observation? Redact(Observation? observed) => observed is null ? null : observed with { Source = FreeText.Redact(observed.Source) };
}

/// <summary>A request that says nothing but, where it is so, that it has happened already.</summary>
/// <param name="Observed">When, and who saw it: what would refuse the request is then recorded as a deviation.</param>
internal sealed record MoveRequest(Observation? Observed = null);

/// <summary>A request with a reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Observed">Where it has happened already.</param>
internal sealed record ReasonRequest(string Reason, Observation? Observed = null);
