using System.Globalization;
using System.Text;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Exports.Releases;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Exports.Bundles;

/// <summary>
/// Says how to verify a release's bundle by hand, with OpenSSL 3 and a POSIX shell alone. Its commands are complete: pasted one after the other in the
/// unpacked bundle they stop at the first thing that is wrong. Pure.
/// </summary>
internal static class ReadmeFile
{
    public static byte[] Write(ReleaseDossier dossier, VerifierKey logKey)
    {
        var text = new StringBuilder();
        Introduction(text, dossier);
        SignOffs(text, dossier);
        Chain(text, dossier);
        Events(text, dossier);
        Log(text, logKey);
        text.Append("""

            ## What this cannot tell

            - That the keys are these people's: compare the key ids with what the signers themselves say, or with what you kept.
            - That the log is the one that others see: compare `checkpoint` with one that you, or a witness, kept.
            - That every event is in the log's tree, that none is missing, that the order of the stages was kept, and that the go/no-go follows from the
              events: `ledger verify FILE.zip --key "$(cat log.vkey)"` checks all of it, with no server and no network. Give it the key that you trust, from
              elsewhere than from this bundle.

            """);
        return Encoding.UTF8.GetBytes(text.ToString().ReplaceLineEndings("\n"));
    }

    private static void Introduction(StringBuilder text, ReleaseDossier dossier)
    {
        var decision = dossier.Decision is { Event: ReleaseEvent.DecisionMade made } ? $"{Verdicts.Name(made.Verdict)}, event {dossier.Decision.Sequence}" : "none was recorded";
        text.Append(CultureInfo.InvariantCulture, $"""
            # {dossier.Release}

            Everything that the ledger `{dossier.Origin}`{SandboxRemark.Of(dossier.Origin)} holds about this release. Decision: {decision}. Go/no-go on file: {Verdicts.Name(dossier.Standing.Verdict)}.{(RolloutSummary.Of(dossier.Rollout) is { } rollout ? $" Afterwards: {rollout}." : "")}

            | file | what it is |
            |---|---|
            | `sign-offs.pdf` | the record for people: who signed what, when, and what it means; gates; timeline |
            | `events.ndjson` | every event, one canonical JSON (RFC 8785) a line: what the log's tree commits to |
            | `proofs.ndjson`, `checkpoint`, `log.vkey` | that each event is in the log's tree (RFC 6962), the tree's signed head (C2SP tlog-checkpoint), the key that signed it |
            | `policy.json`, `go-no-go.json` | the policy that the release pinned, and the go/no-go that the decision was made on |
            | `vsa.json` | the decision as an in-toto Statement (SLSA verification summary); there when one was recorded |
            | `sign-offs/*` | for each sign-off the DSSE envelope, the statement in it, the bytes that were signed (`.pae`), and the signature |
            | `keys/*` | the signers' public keys, named by SHA-256 of their DER |
            | `evidence.json`, `evidence/*` | the reports that events rest on, by SHA-256; their bytes if they were asked for |
            | `manifest` | the digest of every other file, signed by the log's key |

            What follows needs OpenSSL 3, `sed`, `tr`, `cut`, `tail`, `base64` and `cmp`, in the folder where the bundle was unpacked.

            ```sh
            set -e
            ```


            """);
    }

    private static void SignOffs(StringBuilder text, ReleaseDossier dossier)
    {
        text.Append("## The signatures\n\n");
        if (dossier.SignOffs.Count == 0)
        {
            text.Append("Nobody signed this release off.\n\n");
            return;
        }

        foreach (var signOff in dossier.SignOffs)
        {
            var signed = signOff.SignedOff;
            text.Append(CultureInfo.InvariantCulture, $"{signOff.Number}. **{Plain(signed.Name)}**, {signed.Role}, stage {signed.Stage}: {EventSummary.Name(signed.Decision)}. ");
            if (signOff.PublicKey() is not { } key)
            {
                text.Append("The log has no such key of this signer: this signature proves nothing.\n\n");
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"Key `{signed.Key.Hex}` ({KeyAlgorithmName.Of(key.Algorithm)}), statement `{signed.Statement.Hex}`.\n\n```sh\n");
            text.Append(OpenSslCommand.Verify(key.Algorithm, BundlePath.KeyOf(signed.Key.Hex), ReleaseFiles.PathOf(signOff, "sig"), ReleaseFiles.PathOf(signOff, "pae"))).Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"openssl pkey -pubin -in {BundlePath.KeyOf(signed.Key.Hex)} -outform DER | openssl dgst -sha256 | grep {signed.Key.Hex}\n");
            text.Append(CultureInfo.InvariantCulture, $"openssl dgst -sha256 {ReleaseFiles.PathOf(signOff, "statement.json")} | grep {signed.Statement.Hex}\n```\n\n");
        }

        text.Append("""
            The `.pae` is the statement behind the envelope's type and length (DSSE 1.0.2): nothing else was signed.

            ```sh
            for statement in sign-offs/*.statement.json; do
              { printf 'DSSEv1 28 application/vnd.in-toto+json %s ' "$(($(wc -c < "$statement")))"; cat "$statement"; } | cmp - "${statement%.statement.json}.pae"
            done
            ```


            """);
    }

    private static void Chain(StringBuilder text, ReleaseDossier dossier)
    {
        if (dossier.SignOffs.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"""
            ## What each signature binds

            Read each `.statement.json` and compare:

            | member | what it must be |
            |---|---|
            | `subject[].digest.sha256` | the artifacts of the release: {string.Join(", ", dossier.State.Opened.Artifacts.Select(artifact => $"`{artifact.Digest.Hex}`"))} |
            | `predicate.ledger`, `predicate.release` | `{dossier.Origin}`, `{dossier.Release}` |
            | `predicate.policy.digest` | `{dossier.State.Opened.Policy.Digest}`: the SHA-256 of `policy.json` |
            | `predicate.previous` | the digest of the statement before it; absent in the first |
            | `predicate.stream` | the release's events that the signer saw: their number, and the leaf hash of the last of them |
            | `predicate.meaning`, `predicate.signer` | what `sign-offs.pdf` prints |


            """);
        text.Append("```sh\n").Append(CultureInfo.InvariantCulture, $"openssl dgst -sha256 policy.json | grep {dossier.State.Opened.Policy.Digest.Hex}\n");
        foreach (var signOff in dossier.SignOffs)
        {
            text.Append(CultureInfo.InvariantCulture, $"grep -F '\"signer\":{{\"id\":\"{signOff.SignedOff.Signer}\"' {ReleaseFiles.PathOf(signOff, "statement.json")} > /dev/null\n");
            if (signOff.Predicate.Previous is { } previous)
                text.Append(CultureInfo.InvariantCulture, $"grep -F '\"previous\":\"{previous}\"' {ReleaseFiles.PathOf(signOff, "statement.json")} > /dev/null\n");
        }

        text.Append("```\n\n");
    }

    private static void Events(StringBuilder text, ReleaseDossier dossier)
    {
        var lines = dossier.Events.ToList();
        text.Append("""
            ## The events

            The leaf hash of an event is SHA-256 over a zero byte and its line in `events.ndjson`, without the line's end (RFC 6962 §2.1). `prev` in each event is the leaf
            hash of the one before it in its stream, so the last one covers all of them.

            ```sh
            leaf() { { printf '\000'; sed -n "$1p" events.ndjson | tr -d '\n'; } | openssl dgst -sha256 | sed 's/.* //'; }

            """);
        foreach (var signOff in dossier.SignOffs)
        {
            var seen = dossier.History[(int)signOff.Predicate.Stream.Version - 1];
            text.Append(CultureInfo.InvariantCulture, $"test \"$(leaf {lines.IndexOf(seen) + 1})\" = {signOff.Predicate.Stream.Head.Hex}  # event {seen.Sequence}, the last that sign-off {signOff.Number} saw\n");
        }

        var last = dossier.History[^1];
        text.Append(CultureInfo.InvariantCulture, $"test \"$(leaf {lines.IndexOf(last) + 1})\" = {last.LeafHash}  # event {last.Sequence}, the release's last\n```\n\n");
    }

    private static void Log(StringBuilder text, VerifierKey logKey)
    {
        text.Append("""
            ## The log's signature

            The text of `checkpoint` up to the empty line is what the log signed; a signature line holds base64 of four bytes that name the key, and of the signature.
            `manifest` is signed in the same way.


            """);
        var isEd25519 = logKey.PublicKey.Algorithm == KeyAlgorithm.Ed25519;
        var der = isEd25519
            ? "{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; cut -d+ -f3- log.vkey | base64 -d | tail -c 32; } | openssl pkey -pubin -inform DER -out log.pem"
            : "cut -d+ -f3- log.vkey | base64 -d | tail -c +2 | openssl pkey -pubin -inform DER -out log.pem";
        text.Append(CultureInfo.InvariantCulture, $$"""
            ```sh
            {{der}}
            for note in checkpoint manifest; do
              sed '/^— /d' $note | sed '$d' > $note.text
              sed -n 's/^— {{logKey.Name.Replace("/", "\\/", StringComparison.Ordinal)}} //p' $note | head -n 1 | base64 -d | tail -c +5 > $note.sig
              {{OpenSslCommand.Verify(logKey.PublicKey.Algorithm, "log.pem", "$note.sig", "$note.text")}}
            done
            sed -n 's/^sha256:\([0-9a-f]*\) [0-9]* /\1 /p' manifest | while read -r digest file; do openssl dgst -sha256 "$file" | grep -q "$digest"; done
            ```

            """);
    }

    // A name is free text on one line; markup in it stays text.
    private static string Plain(string name) => name.Replace("*", "\\*", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal);
}
