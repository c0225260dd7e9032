using System.Globalization;

namespace Ledger.Integrity.Bundles;

/// <summary>
/// What a bundle's files are called, and what stands in them. JSON is canonical (RFC 8785) and has no newline at its end, unless it says
/// otherwise; lines end with one newline. Hashes within JSON are 64 lower-case hexadecimal digits.
/// </summary>
public static class BundlePath
{
    /// <summary>How to verify the bundle by hand. For people; any text.</summary>
    public const string Readme = "README.md";

    /// <summary>The log's signed checkpoint, with any cosignatures: everything in the bundle is held against it.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The log's verifier key, as one line.</summary>
    public const string LogKey = "log.vkey";

    /// <summary>
    /// Canonical leaves, one a line, in log order. Release: the log's first event, the pinned policy's, all of the release and of its signers. Period:
    /// those of the period, save what <see cref="Others"/> has.
    /// </summary>
    public const string Events = "events.ndjson";

    /// <summary>Release: for each line of <see cref="Events"/> an <see cref="InclusionProofLine"/>, in the same order.</summary>
    public const string Proofs = "proofs.ndjson";

    /// <summary>Release: the pinned policy's document; its SHA-256 is the digest that the release pinned.</summary>
    public const string Policy = "policy.json";

    /// <summary>Release: the go/no-go on record.</summary>
    public const string GoNoGo = "go-no-go.json";

    /// <summary>Release: the newest decision as an in-toto Statement with an SLSA verification summary. There when a decision was recorded.</summary>
    public const string VerificationSummary = "vsa.json";

    /// <summary>Release: the sign-offs on a page. For people.</summary>
    public const string SignOffPage = "sign-offs.pdf";

    /// <summary>The events that show each control. For people and their programs.</summary>
    public const string Controls = "controls.json";

    /// <summary>Release: an array of <c>{"digest","mediaType","size"}</c>, each report that an event rests on once, sorted by digest.</summary>
    public const string Evidence = "evidence.json";

    /// <summary>Release: what <see cref="EvidenceOf"/> begins with.</summary>
    public const string EvidenceFolder = "evidence/";

    /// <summary>Release: what <see cref="KeyOf"/> begins with.</summary>
    public const string KeyFolder = "keys/";

    /// <summary>Release: what <see cref="SignOffOf"/> begins with.</summary>
    public const string SignOffFolder = "sign-offs/";

    /// <summary>What files with RFC 3161 timestamps of <see cref="Checkpoint"/> begin with: DER, the imprint is SHA-256 of that file.</summary>
    public const string TimestampFolder = "timestamps/";

    /// <summary>Period: <c>{"complete","events","first","end","from","others","releases","service","to"}</c>; see the verifier's population.</summary>
    public const string Population = "population.json";

    /// <summary>Period: one line for each release that has an event in it. For people and their programs.</summary>
    public const string Releases = "releases.csv";

    /// <summary>Period: the hash of every leaf in it, 32 bytes each, in log order.</summary>
    public const string Leaves = "leaves";

    /// <summary>
    /// Period: <c>{"after","before","consistency","end","first","frontier"}</c>. The members of a range proof, its hashes in arrays; <c>before</c> and
    /// <c>after</c> are the leaves on both sides as <c>{"hashes","leaf"}</c>, with their inclusion in the checkpoint's tree, and are left out where there is none.
    /// </summary>
    public const string Range = "range.json";

    /// <summary>
    /// Period, of one service: the leaves in between that are not that service's, one a line: <c>{"leaf","leafIndex"}</c>, or, where the leaf may not be
    /// shown, <c>{"leafIndex","stream","type"}</c>. There when there are any.
    /// </summary>
    public const string Others = "others.ndjson";

    /// <summary>A stored report, under its digest in hexadecimal digits.</summary>
    public static string EvidenceOf(string sha256) => $"{EvidenceFolder}{sha256}";

    /// <summary>A signer's public key as PEM, with a newline at its end; under SHA-256 of its SubjectPublicKeyInfo in hexadecimal digits.</summary>
    public static string KeyOf(string sha256) => $"{KeyFolder}{sha256}.pem";

    /// <summary>
    /// A part of a sign-off: <c>dsse.json</c> (the envelope), <c>statement.json</c> (its payload), <c>pae</c> (what was signed), <c>sig</c> (the signature's bytes).
    /// </summary>
    /// <param name="number">Its place among the release's sign-offs, from 1; two digits, more where needed.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="role">The role.</param>
    /// <param name="signer">The signer's id.</param>
    /// <param name="part">One of the four.</param>
    public static string SignOffOf(int number, string stage, string role, string signer, string part) =>
        string.Create(CultureInfo.InvariantCulture, $"{SignOffFolder}{number:00}-{stage}-{role}-{signer}.{part}");
}
