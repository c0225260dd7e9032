using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// What <c>cosign verify --output json</c> prints: the simple signing payloads it verified (https://github.com/sigstore/cosign, "SIGNATURE_SPEC").
/// Each names the manifest digest it signs; whether that is the release's is for the caller to check.
/// </summary>
internal sealed class CosignReader : DocumentReader
{
    public override string Tool => "cosign";

    public override bool Recognises(Node root) => root.IsArray && root.Element.GetArrayLength() > 0 && root.Items().All(item => item["critical"].Has("image"));

    public override bool MayHaveWritten(Node root) => root.IsAbsent || (root.IsArray && root.Element.GetArrayLength() == 0);

    public override void Read(Node root, Findings findings)
    {
        var signatures = 0;
        foreach (var payload in root.Items())
        {
            signatures++;
            if (!findings.Digest(payload.Object("critical").Object("image").Text("docker-manifest-digest")))
                findings.WrongShape("docker-manifest-digest", "a SHA-256 digest");
        }

        if (signatures == 0) findings.ProvesNothing("cosign verified no signature");
        else findings.Count("signatures.verified", signatures);
    }
}
