using System.Text.Json;
using Ledger.Cli.Tests.Support;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Statements;
using Ledger.Verifier.Chains;

namespace Ledger.Cli.Tests.Signing;

/// <summary>A server that shows a release to be signed, a signer with a key, and what that signer's machine has.</summary>
internal sealed class SignFixture : IAsyncDisposable
{
    public const string Release = "shop/v1.0.0";
    public const string Wish = "shop/v1.0.0 --stage technical --role security-lead --signer carol.white";
    private const string SignOffs = "/v1/releases/shop/v1.0.0/sign-offs";
    private static readonly Digest AnyDigest = Digest.Of(Convert.FromHexString(Answers.Hash));
    private static readonly DateTimeOffset At = Shell.Noon.AddMinutes(-1);

    public SignFixture(KeyAlgorithm algorithm = KeyAlgorithm.EcdsaP256)
    {
        Key = SigningKey.Generate(algorithm);
        Server = new ScriptedServer();
        Shell = Shell.At(Server);
        File.WriteAllText(Path.Combine(Shell.Folder, "carol.key"), Key.ExportPkcs8Pem());
        Show(Standing());
        Enrol("in use");
    }

    public SigningKey Key { get; }

    public ScriptedServer Server { get; }

    public Shell Shell { get; }

    public string Head { get; } = $"sha256:{Answers.Hash}";

    /// <summary>The envelope that arrived.</summary>
    public Envelope Submitted
    {
        get
        {
            Envelope.TryParse(Server.Requests.Single(request => request.Method == "POST").Body, out var envelope, out var error).ShouldBeTrue(error);
            return envelope!;
        }
    }

    /// <summary>The predicate that arrived, under a signature of the signer's key.</summary>
    public SignOffPredicate Signed
    {
        get
        {
            Submitted.Verify(Statement.PayloadType, Key.PublicKey, out var verified).IsValid.ShouldBeTrue();
            SignOffStatement.Read(verified!.Payload.Span, out var statement).ShouldBeNull();
            statement!.Subjects.ShouldBe([AnyDigest]);
            return statement.Predicate;
        }
    }

    public static ReleaseStanding Standing(Verdict verdict = Verdict.Pending, IEnumerable<Reason>? more = null, bool open = true, params SignOffState[] signed)
    {
        var chain = new SignOffStanding(
            ChainState.Incomplete,
            [new StageStanding("technical", "Technical Sign-Off", 2, ["devops-lead", "security-lead"], signed, false, open), new StageStanding("final", "Final Authorization", 1, ["cto"], [], false, false)],
            []);
        List<Reason> reasons = [.. more ?? [], new Reason("sign_off_missing", Verdict.Pending, "technical", "Technical Sign-Off: 2 of devops-lead, security-lead", "approvals are missing", [])];
        return new ReleaseStanding(
            verdict, reasons,
            [new GateStanding("load", "Load test", GateKind.Report, true, more is null ? GateOutcome.Passed : GateOutcome.Failed, [new EventReference(12, 4)])],
            [new ConditionStanding("incident", "Open incident", ConditionOutcome.Absent, [])],
            new PolicyReference("shop", 2, AnyDigest), At, new EventReference(12, 4), chain);
    }

    public static SignOffState Earlier(string signer = "alice", string role = "devops-lead") =>
        new(new EventReference(11, 3), "technical", role, signer, "Alice Johnson", SignOffChoice.Approve, AnyDigest, At);

    /// <summary>What the server shows; <paramref name="change"/> makes it show something else than it names.</summary>
    public void Show(ReleaseStanding standing, Func<string, string>? change = null)
    {
        var shown = JsonSerializer.Serialize(standing, DomainJson.Default.ReleaseStanding);
        var previous = standing.SignOff!.Stages.SelectMany(stage => stage.SignOffs).Any() ? $"\"previous\":\"{AnyDigest}\"," : "";
        var preparation = $$"""
            {"ledger":"{{TestLog.Origin}}","release":"{{Release}}","service":"shop","version":"v1.0.0","commit":"0a1b2c3d","environment":"production","summary":"Cheaper checkout",
            "window":{"start":"2026-01-31T22:00:00.000000Z","end":"2026-02-01T02:00:00.000000Z"},"artifacts":[{"name":"registry/shop","digest":"{{AnyDigest}}"}],
            "policy":{{Answers.Policy}},"stream":{"version":4,"head":"{{Head}}"},{{previous}}"standing":{{shown}},
            "goNoGo":{"verdict":"{{Verdicts.Name(standing.Verdict)}}","at":"2026-01-31T11:59:00.000000Z","digest":"{{GoNoGoDigest.Of(standing)}}"} }
            """;
        Server.On($"GET {SignOffs}/preparation", Reply.Ok(change?.Invoke(preparation) ?? preparation));
    }

    public void Enrol(string keyState, SigningKey? key = null)
    {
        var enrolled = (key ?? Key).PublicKey;
        Server.On("GET /v1/signers/carol.white", Reply.Ok(JsonSerializer.Serialize(new
        {
            id = "carol.white", name = "Carol White", roles = new[] { "security-lead" }, accounts = Array.Empty<string>(),
            keys = new[] { new { id = $"sha256:{enrolled.KeyId}", algorithm = KeyAlgorithmName.Of(enrolled.Algorithm), publicKey = enrolled.ExportSpkiPem(), addedAt = "2026-01-30T12:00:00.000000Z", state = keyState } },
        })));
    }

    /// <summary>Has the server take what is submitted, and answer about it.</summary>
    public void Take(Func<string, Reply>? answer = null) => Server.OnBody($"POST {SignOffs}", body =>
    {
        Envelope.TryParse(body, out var envelope, out _).ShouldBeTrue();
        SignOffStatement.Read(envelope!.UnverifiedPayload.Span, out var statement).ShouldBeNull();
        return answer?.Invoke(statement!.Digest.ToString()) ?? Reply.Created(Answers.Recorded(
            $"\"statement\":\"{statement!.Digest}\",\"stage\":\"technical\",\"role\":\"security-lead\",\"signer\":\"carol.white\",\"name\":\"Carol White\",\"decision\":\"{(statement.Predicate.Decision == SignOffChoice.Approve ? "approve" : "reject")}\",\"chain\":\"incomplete\",\"verdict\":\"PENDING\","));
    });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Shell.Dispose();
        Key.Dispose();
    }
}
