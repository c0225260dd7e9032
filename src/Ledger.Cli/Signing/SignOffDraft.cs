using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Statements;
using Ledger.Verifier.Chains;

namespace Ledger.Cli.Signing;

/// <summary>
/// A statement that is ready to be signed, with the go/no-go that it names: what a person is shown is what the digest in the statement is of,
/// computed here and not taken from the server.
/// </summary>
internal sealed class SignOffDraft
{
    private SignOffDraft(SignOffPredicate predicate, Preparation shown, ReleaseStanding standing, byte[] payload) =>
        (Predicate, Shown, Standing, Payload) = (predicate, shown, standing, payload);

    public SignOffPredicate Predicate { get; }

    /// <summary>What the server says of the release beyond the statement.</summary>
    public Preparation Shown { get; }

    public ReleaseStanding Standing { get; }

    /// <summary>The statement's bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>What a key signs: DSSE's encoding of the payload.</summary>
    public byte[] ToBeSigned => PreAuthenticationEncoding.Encode(Statement.PayloadType, Payload.Span);

    /// <summary>Why the release may not go beside sign-offs that are still to come: what an approval now would pass over.</summary>
    public IReadOnlyList<Reason> OtherReasons => [.. Standing.Reasons.Where(reason => reason.Code is not ("sign_off_missing" or "sign_off_stale"))];

    /// <summary>Makes the statement.</summary>
    /// <param name="wish">Who wants to sign what.</param>
    /// <param name="signer">That person, as enrolled.</param>
    /// <param name="prepared">The release, as the server shows it.</param>
    /// <param name="ledger">The origin of the log that the server was held to.</param>
    /// <param name="now">The time, by the signer's clock.</param>
    /// <param name="nonce">Random hexadecimal digits.</param>
    public static Result<SignOffDraft> Make(SignOffWish wish, SignerAnswer signer, Preparation prepared, string ledger, DateTimeOffset now, string nonce)
    {
        if (Read(wish, prepared, ledger, out var standing, out var stream, out var policy, out var previous) is { } what) return Failure.Garbled(what);
        if (Refuse(wish, signer, standing!) is { } refused) return refused;

        var predicate = new SignOffPredicate(
            ledger, prepared.Release, wish.Stage, wish.Role, new SignerReference(signer.Id, signer.Name), wish.Choice, wish.Meaning, stream!, policy!,
            new GoNoGoSeen(standing!.Verdict, standing.At, GoNoGoDigest.Of(standing)), UtcTimeJsonConverter.Truncate(now), nonce, previous);
        var artifacts = prepared.Artifacts.Select(artifact => Digest.TryParse(artifact.Digest, out var digest) ? new Artifact(artifact.Name, digest) : null).ToList();
        if (artifacts.Contains(null)) return Failure.Garbled("an artifact has no digest");
        try
        {
            return new SignOffDraft(predicate, prepared, standing, SignOffStatement.Build(predicate, artifacts!));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return Failure.Usage("statement_impossible", "no statement can be made of this: a text is too long, or holds what is no text");
        }
    }

    // Everything that the statement repeats has to fit together, or a person would sign something else than they see.
    private static string? Read(
        SignOffWish wish, Preparation prepared, string ledger, out ReleaseStanding? standing, out StreamSeen? stream, out PolicyReference? policy, out Digest? previous)
    {
        (standing, stream, policy, previous) = (null, null, null, null);
        if (prepared.Release != wish.Release.ToString()) return $"it is about '{prepared.Release}', not about '{wish.Release}'";
        if (prepared.Ledger != ledger) return $"it is of the ledger '{prepared.Ledger}', not of '{ledger}'";
        try
        {
            standing = prepared.Standing.Deserialize(DomainJson.Default.ReleaseStanding);
        }
        catch (JsonException)
        {
            // Nothing to be shown, as below.
        }

        if (standing is null) return "its go/no-go cannot be read";
        if (GoNoGoDigest.Of(standing).ToString() != prepared.GoNoGo.Digest || Verdicts.Name(standing.Verdict) != prepared.GoNoGo.Verdict
            || UtcTimeJsonConverter.ToText(standing.At) != prepared.GoNoGo.At)
            return "the go/no-go that it shows is not the one whose digest it names";
        if (standing.Verdict == Verdict.Go != (standing.Reasons.Count == 0)) return $"it says {Verdicts.Name(standing.Verdict)}, and that is not what its reasons say";
        if (!Digest.TryParse(prepared.Policy.Digest, out var policyDigest)) return "the policy's digest is none";
        policy = new PolicyReference(prepared.Policy.Name, prepared.Policy.Version, policyDigest);
        if (policy != standing.Policy) return "the go/no-go is of another policy";
        if (!Digest.TryParse(prepared.Stream.Head, out var head) || standing.Last.Version != prepared.Stream.Version) return "the go/no-go is not of the stream's end";
        stream = new StreamSeen(prepared.Stream.Version, head);

        var last = standing.SignOff is { } chain
            ? chain.Stages.SelectMany(stage => stage.SignOffs).Concat(chain.Past.Select(past => past.SignOff)).MaxBy(signOff => signOff.Event.Version)?.Statement
            : null;
        if (prepared.Previous != last?.ToString()) return "the sign-off before is not the newest one that the go/no-go knows";
        previous = last;
        return null;
    }

    // The server refuses these too; but nobody should have signed before they hear of it.
    private static Failure? Refuse(SignOffWish wish, SignerAnswer signer, ReleaseStanding standing)
    {
        if (standing.SignOff is not { } chain) return Failure.Refused("stage_unknown", $"the policy '{standing.Policy.Name}' asks for no sign-offs");
        if (chain.Stages.FirstOrDefault(known => known.Name == wish.Stage) is not { } stage)
            return Failure.Refused("stage_unknown", $"the policy '{standing.Policy.Name}' has no sign-off stage '{wish.Stage}'", $"it has: {string.Join(", ", chain.Stages.Select(known => known.Name))}");
        if (!stage.Roles.Contains(wish.Role)) return Failure.Refused("role_not_in_stage", $"'{wish.Role}' does not sign in the stage '{stage.Name}'", $"there sign: {string.Join(", ", stage.Roles)}");
        if (!signer.Roles.Contains(wish.Role))
            return Failure.Refused("role_not_held", $"{signer.Name} is not enrolled as '{wish.Role}'", $"enrolled roles: {(signer.Roles.Count == 0 ? "none" : string.Join(", ", signer.Roles))}");
        if (chain.Stages.SelectMany(any => any.SignOffs).FirstOrDefault(signOff => signOff.Signer == signer.Id) is { } twice)
            return Failure.Refused("already_signed", $"{twice.Name} signed as {twice.Role} with event {twice.Event.Sequence}", "one person signs once; to change it, withdraw it first: ledger signoffs withdraw");
        if (stage.Open) return null;
        return chain.Stages.TakeWhile(earlier => earlier != stage).FirstOrDefault(earlier => !earlier.Complete) is { } missing
            ? Failure.Refused("out_of_order", $"the stage '{stage.Name}' opens when '{missing.Name}' is complete", $"first {missing.Quorum} of: {string.Join(", ", missing.Roles)}")
            : Failure.Refused("stage_closed", $"the stage '{stage.Name}' takes no sign-off now", "'ledger signoffs show' says how far the chain is");
    }
}

/// <summary>Who wants to sign what.</summary>
internal sealed record SignOffWish(ReleaseId Release, string Stage, string Role, string Signer, SignOffChoice Choice, string Meaning);
