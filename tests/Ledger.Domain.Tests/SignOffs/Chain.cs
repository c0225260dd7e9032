using System.Text.Json;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Tests.Signers;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>Stories of releases that have to be signed off: technical (two of three), business (two), final (one).</summary>
internal static class Chain
{
    public static readonly Policy Document = TestPolicy.Document with
    {
        Roles =
        [
            new PolicyRole("tech-lead", "Technical Lead"), new PolicyRole("security-lead", "Security Lead"), new PolicyRole("qa-lead", "Quality Lead"),
            new PolicyRole("product-owner", "Product Owner"), new PolicyRole("operations", "Head of Operations"),
            new PolicyRole("director", "Director", ["Fay Stone", "hal"]),
        ],
        SignOff =
        [
            new SignOffStage("technical", "Technical Sign-Off", ["tech-lead", "security-lead", "qa-lead"], 2),
            new SignOffStage("business", "Business Sign-Off", ["product-owner", "operations"], 2),
            new SignOffStage("final", "Final Sign-Off", ["director"], 1),
        ],
    };

    public static readonly PublishedPolicy Published = TestPolicy.Publish(Document);

    private static readonly (string Id, string Name, string Role)[] Everyone =
    [
        ("ada", "Ada Moss", "tech-lead"), ("ben", "Ben Ode", "security-lead"), ("cleo", "Cleo Park", "qa-lead"),
        ("dan", "Dan Quist", "product-owner"), ("eve", "Eve Rand", "operations"), ("fay", "Fay Stone", "director"),
    ];

    /// <summary>A release for which everything is in and good, and nobody has signed.</summary>
    public static Story Ready(Policy? policy = null, DateTimeOffset? decideBy = null, MaintenanceWindow? window = null)
    {
        var story = Story.Ready(TestPolicy.Publish(policy ?? Document), decideBy, window);
        foreach (var (id, name, role) in Everyone) story.Do(new SignerCommand.Enrol(id, name, [role], [], People.KeyOf(id)));
        return story;
    }

    /// <summary>A release that everybody who is needed has approved.</summary>
    public static Story Complete(Policy? policy = null, DateTimeOffset? decideBy = null, MaintenanceWindow? window = null) =>
        Ready(policy, decideBy, window).Technical().Business().Sign("fay");

    public static Story Technical(this Story story) => story.Sign("ada").Sign("ben");

    public static Story Business(this Story story) => story.Sign("dan").Sign("eve");

    /// <summary>What a person would sign now: the release as it is, in their stage and role.</summary>
    public static SignedStatement Statement(this Story story, string signer, Func<SignOffPredicate, SignOffPredicate>? change = null, string? role = null)
    {
        var state = story.State!;
        role ??= Everyone.Single(person => person.Id == signer).Role;
        var standing = story.Standing();
        var predicate = new SignOffPredicate(
            Story.Ledger,
            state.Id.ToString(),
            Document.SignOff.FirstOrDefault(stage => stage.Roles.Contains(role))?.Name ?? "none",
            role,
            new SignerReference(signer, story.People[signer]?.Name ?? "Nobody"),
            SignOffChoice.Approve,
            "I looked at it, and it is ready",
            new StreamSeen(state.Last.Version, story.Head),
            state.Opened.Policy,
            new GoNoGoSeen(standing.Verdict, standing.At, Story.DigestOf(standing)),
            story.Now,
            "000102030405060708090a0b0c0d0e0f",
            state.Facts.SignOffs.LastOrDefault()?.Statement);
        return Signed(change?.Invoke(predicate) ?? predicate);
    }

    /// <summary>A statement as it comes out of an envelope whose signature was found to be right.</summary>
    public static SignedStatement Signed(SignOffPredicate predicate)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(predicate, DomainJson.Default.SignOffPredicate);
        return new SignedStatement(
            predicate,
            [Story.Image, Story.Sidecar],
            TestDigest.Of(bytes),
            People.KeyOf(predicate.Signer.Id).Id,
            new SignOffEnvelope("application/vnd.in-toto+json", Convert.ToBase64String(bytes), [new EnvelopeSignature("AQID")]));
    }

    public static ReleaseCommand.SignOff Submit(SignedStatement signed) => new(Story.Release, signed);

    public static Story Sign(this Story story, string signer, SignOffChoice decision = SignOffChoice.Approve, string? role = null) =>
        story.Do(Submit(story.Statement(signer, predicate => predicate with { Decision = decision }, role)), Role.Signer, signer);

    public static Story Reject(this Story story, string signer) => story.Sign(signer, SignOffChoice.Reject);

    public static Story Withdraw(this Story story, string signer) =>
        story.Do(new ReleaseCommand.WithdrawSignOff(Story.Release, signer, "I was wrong"), Role.Signer, signer);

    /// <summary>The code with which a person's sign-off is refused; fails when it is accepted.</summary>
    public static string Refused(this Story story, string signer, Func<SignOffPredicate, SignOffPredicate>? change = null, string? role = null) =>
        story.Refused(story.Statement(signer, change, role));

    public static string Refused(this Story story, SignedStatement signed) => story.Refusal(Submit(signed), Role.Signer, signed.Predicate.Signer.Id);

    public static SignOffStanding Standing(Story story) => story.Standing().SignOff!;

    public static StageStanding Stage(this Story story, string name) => Standing(story).Stages.Single(stage => stage.Name == name);
}
