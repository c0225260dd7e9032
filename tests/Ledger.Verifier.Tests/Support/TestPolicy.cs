using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;

namespace Ledger.Verifier.Tests.Support;

/// <summary>A policy with a gate that a tool decides, one that a person decides, and six people in three stages.</summary>
internal static class TestPolicy
{
    public static readonly Policy Document = new(
        "web",
        "Web services",
        [],
        [
            new Gate("load", GateKind.Report, "Load test", true, true, [new Criterion("k6", "http_req_failed.rate", Comparator.Less, Quantity("0.5%"))], [], []),
            new Gate("backup", GateKind.Attestation, "Backup", true, true, [], [], []),
        ],
        [])
    {
        Roles = [.. new[] { "devops-lead", "security-lead", "engineering-manager", "product-manager", "vp-engineering", "cto" }.Select(role => new PolicyRole(role, role))],
        SignOff =
        [
            new SignOffStage("technical", "Technical Sign-Off", ["devops-lead", "security-lead", "engineering-manager"], 3),
            new SignOffStage("business", "Business Sign-Off", ["product-manager", "vp-engineering"], 2),
            new SignOffStage("final", "Final Authorization", ["cto"], 1),
        ],
        SeparationOfDuties = new SeparationOfDuties(false, false, [], []),
    };

    /// <summary>The command that publishes a policy.</summary>
    public static PolicyCommand.Publish Publish(Policy policy)
    {
        using var document = JsonDocument.Parse(PolicyJson.Write(policy));
        return new PolicyCommand.Publish(policy, document.RootElement.Clone(), Digest.Of(Hash.Sha256(CanonicalJson.Canonicalize(PolicyJson.Write(policy))).Bytes));
    }

    private static Quantity Quantity(string text) => Domain.Measurements.Quantity.TryParse(text, out var quantity) ? quantity : throw new ArgumentException(text, nameof(text));
}
