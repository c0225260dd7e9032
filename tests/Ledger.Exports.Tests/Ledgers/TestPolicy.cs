using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;

namespace Ledger.Exports.Tests.Ledgers;

/// <summary>A policy with a gate of each kind, a NO-GO condition, three stages of sign-off and an emergency path.</summary>
internal static class TestPolicy
{
    public static readonly Policy Document = new(
        "web",
        "Web services",
        [],
        [
            new Gate(
                "load", GateKind.Report, "Load test", true, true,
                [Criterion("http_req_failed.rate", "0.5%"), Criterion("http_req_duration.p(95)", "150ms")], [], []),
            new Gate("backup", GateKind.Attestation, "A backup was restored", true, true, [], [], []),
            new Gate("rollback", GateKind.Attestation, "The rollback was rehearsed", true, true, [], [], []),
        ],
        [new NoGoCondition("freeze", "A change freeze", [])])
    {
        Roles = [new PolicyRole("tech-lead", "Technical lead"), new PolicyRole("product", "Product manager"), new PolicyRole("ciso", "Chief information security officer")],
        SignOff =
        [
            new SignOffStage("technical", "Technical sign-off", ["tech-lead"], 1),
            new SignOffStage("business", "Business sign-off", ["product"], 1),
            new SignOffStage("final", "Final sign-off", ["ciso"], 1),
        ],
        SeparationOfDuties = new SeparationOfDuties(false, false, [], []),
        Emergency = new EmergencyReleases(true, Quantity("24h")),
        Rollback = new RollbackPlan([], Quantity("5min"), "rollback", null, []),
    };

    public static PolicyEvent.Published Publish(Policy policy, long version = 1)
    {
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        var digest = Digest.Of(Hash.Sha256(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(document))).Bytes);
        return new PolicyEvent.Published(new PolicyReference(policy.Name, version, digest), document);
    }

    private static Criterion Criterion(string metric, string threshold) => new("k6", metric, Comparator.Less, Quantity(threshold));

    private static Quantity Quantity(string text) => Domain.Measurements.Quantity.TryParse(text, out var quantity) ? quantity : throw new ArgumentException(text, nameof(text));
}
