using Ledger.Cli.Tests.Support;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Testing;

namespace Ledger.Cli.Tests.Signing;

/// <summary>A person signs what they were shown, with a key that is theirs, and knows what they sign.</summary>
public sealed class SignTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Sign = $"sign {SignFixture.Wish} --key carol.key";
    private readonly SignFixture _here = new();

    private static Reason Red => new("criterion_failed", Verdict.NoGo, "load", "k6 http_req_duration.p(95) < 150ms", "measured 162.5", []);

    [Fact]
    public async Task What_is_signed_is_what_was_shown()
    {
        _here.Take();

        var ran = await _here.Shell.RunAsync($"{Sign} --yes --meaning 'I looked at every scan'");

        ran.ExitCode.ShouldBe(0, ran.Error);
        var signed = _here.Signed;
        signed.Ledger.ShouldBe(TestLog.Origin);
        signed.Release.ShouldBe(SignFixture.Release);
        (signed.Stage, signed.Role, signed.Signer, signed.Decision).ShouldBe(("technical", "security-lead", new SignerReference("carol.white", "Carol White"), SignOffChoice.Approve));
        signed.Meaning.ShouldBe("I looked at every scan");
        (signed.Stream.Version, signed.Stream.Head.ToString()).ShouldBe((4, _here.Head));
        (signed.Time, signed.Previous).ShouldBe((Shell.Noon, null));
        ran.Out.ShouldContain(signed.GoNoGo.Digest.ToString());
        ran.Out.ShouldContain(signed.Nonce);
        Golden.ShouldMatch(Tidied(ran, signed).Transcript, "sign.txt");
    }

    [Fact]
    public async Task A_second_signature_names_the_one_before_it_and_no_two_have_one_nonce()
    {
        _here.Show(SignFixture.Standing(signed: SignFixture.Earlier()));
        _here.Take();

        (await _here.Shell.RunAsync($"{Sign} --yes --reject")).ExitCode.ShouldBe(0);

        _here.Signed.Previous.ShouldBe(SignFixture.Earlier().Statement);
        _here.Signed.Decision.ShouldBe(SignOffChoice.Reject);
        var first = _here.Signed.Nonce;
        await using var other = new SignFixture();
        other.Take();
        await other.Shell.RunAsync($"{Sign} --yes");
        other.Signed.Nonce.ShouldNotBe(first);
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.RsaPssSha256)]
    [InlineData(KeyAlgorithm.RsaPkcs1Sha256)]
    public async Task Every_kind_of_key_signs_as_it_is_enrolled(KeyAlgorithm algorithm)
    {
        await using var here = new SignFixture(algorithm);
        here.Take();

        var ran = await here.Shell.RunAsync($"{Sign} --yes");

        ran.ExitCode.ShouldBe(0, ran.Error);
        here.Signed.Signer.Id.ShouldBe("carol.white");
    }

    [Fact]
    public async Task An_external_command_signs_the_bytes_on_its_standard_input()
    {
        _here.Take();

        var ran = await _here.Shell.RunAsync($"sign {SignFixture.Wish} --yes --sign-with 'openssl dgst -sha256 -sign {_here.Shell.Folder}/carol.key'");

        ran.ExitCode.ShouldBe(0, ran.Error);
        _here.Signed.Stage.ShouldBe("technical");
    }

    [Theory]
    [InlineData("true", "what was returned (0 bytes) is no signature of a key that the signer has in use")]
    [InlineData("cat", "is no signature of a key that the signer has in use")]
    [InlineData("yes", "what was returned (1025 bytes) is no signature")]
    [InlineData("exit 7", "the signing command ended with exit code 7")]
    public async Task What_is_no_signature_of_the_signer_is_not_submitted(string command, string because)
    {
        if (command == "yes") command = "yes | head -c 100000";

        var ran = await _here.Shell.RunAsync($"sign {SignFixture.Wish} --yes --sign-with '{command}'");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldContain(because);
        _here.Server.Requests.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task Nobody_signs_without_having_been_shown()
    {
        var ran = await _here.Shell.RunAsync(Sign);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldStartWith("ledger: nobody is there to be shown what is signed\n");
        _here.Server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("yes\n", 0)]
    [InlineData("y\n", 1)]
    [InlineData("no\n", 1)]
    [InlineData("", 1)]
    public async Task A_person_is_asked_and_only_yes_is_yes(string typed, int exitCode)
    {
        _here.Take();
        _here.Shell.Person = true;
        _here.Shell.Input = System.Text.Encoding.UTF8.GetBytes(typed);

        var ran = await _here.Shell.RunAsync(Sign);

        ran.ExitCode.ShouldBe(exitCode);
        ran.Error.ShouldStartWith("type yes to sign: ");
        _here.Server.Requests.Count(request => request.Method == "POST").ShouldBe(exitCode == 0 ? 1 : 0);
    }

    [Theory]
    [InlineData("yes\n", 1)]
    [InlineData("shop/v1.0.0\n", 0)]
    public async Task To_approve_what_is_red_takes_the_release_s_name(string typed, int exitCode)
    {
        _here.Show(SignFixture.Standing(Verdict.NoGo, [Red]));
        _here.Take();
        _here.Shell.Person = true;
        _here.Shell.Input = System.Text.Encoding.UTF8.GetBytes(typed);

        var ran = await _here.Shell.RunAsync(Sign);

        ran.ExitCode.ShouldBe(exitCode, ran.Error);
        ran.Error.ShouldStartWith(
            "ledger: WARNING: shop/v1.0.0 is NO_GO, and not only because sign-offs are missing\n"
            + "ledger: WARNING: load: measured 162.5 (k6 http_req_duration.p(95) < 150ms)\ntype shop/v1.0.0 to sign: ");
        ran.Out.ShouldContain("measured 162.5");
    }

    [Theory]
    [InlineData("the digest", "\"digest\":\"sha256:9f", "\"digest\":\"sha256:8f")]
    [InlineData("a gate's outcome", "\"outcome\":\"passed\"", "\"outcome\":\"failed\"")]
    [InlineData("something unheard of", "\"gates\":[", "\"more\":1,\"gates\":[")]
    [InlineData("the verdict", "\"verdict\":\"PENDING\",\"at\"", "\"verdict\":\"GO\",\"at\"")]
    [InlineData("another release", "\"release\":\"shop/v1.0.0\"", "\"release\":\"shop/v1.0.1\"")]
    [InlineData("another ledger", "\"ledger\":\"ledger.test/log\"", "\"ledger\":\"ledger.test/other\"")]
    [InlineData("another version of the stream", "\"stream\":{\"version\":4", "\"stream\":{\"version\":5")]
    [InlineData("another policy", "\"policy\":{\"name\":\"shop\",\"version\":2,\"digest\":\"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"},\"stream\"", "\"policy\":{\"name\":\"shop\",\"version\":3,\"digest\":\"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"},\"stream\"")]
    public async Task A_server_that_shows_one_thing_and_names_another_gets_no_signature(string what, string shown, string instead)
    {
        var changed = false;
        _here.Show(SignFixture.Standing(signed: []), preparation =>
        {
            var other = what == "the digest" ? System.Text.RegularExpressions.Regex.Replace(preparation, "(\"goNoGo\":.*\"digest\":\"sha256:)[0-9a-f]{4}", "${1}0000") : preparation.Replace(shown, instead, StringComparison.Ordinal);
            changed = other != preparation;
            return other;
        });

        var ran = await _here.Shell.RunAsync($"{Sign} --yes");

        changed.ShouldBeTrue();
        ran.ExitCode.ShouldBe(3, ran.Out);
        ran.Error.ShouldStartWith("ledger: the server's answer cannot be believed: ");
        _here.Server.Requests.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task A_chain_s_newest_link_cannot_be_left_out()
    {
        _here.Show(SignFixture.Standing(signed: SignFixture.Earlier()), preparation => System.Text.RegularExpressions.Regex.Replace(preparation, "\"previous\":\"[^\"]*\",", ""));

        (await _here.Shell.RunAsync($"{Sign} --yes")).Error.ShouldContain("the sign-off before is not the newest one");
    }

    [Theory]
    [InlineData("--stage nowhere", "there", "has no sign-off stage 'nowhere'\nhint: it has: technical, final\n")]
    [InlineData("--stage final", "there", "'security-lead' does not sign in the stage 'final'\nhint: there sign: cto\n")]
    [InlineData("--role devops-lead", "there", "Carol White is not enrolled as 'devops-lead'\nhint: enrolled roles: security-lead\n")]
    [InlineData("", "closed", "the stage 'technical' takes no sign-off now\n")]
    [InlineData("", "twice", "Alice Johnson signed as devops-lead with event 11\n")]
    [InlineData("", "revoked", "Carol White has no key in use\n")]
    [InlineData("", "another key", "is none that the signer has in use\n")]
    public async Task Who_may_not_sign_is_told_before_they_sign(string instead, string how, string because)
    {
        using var other = SigningKey.Generate();
        if (how == "closed") _here.Show(SignFixture.Standing(open: false));
        if (how == "twice") _here.Show(SignFixture.Standing(signed: SignFixture.Earlier("carol.white")));
        if (how == "revoked") _here.Enrol("revoked");
        if (how == "another key") _here.Enrol("in use", other);
        var wish = instead.Length == 0 ? Sign
            : instead.StartsWith("--stage", StringComparison.Ordinal) ? Sign.Replace("--stage technical", instead, StringComparison.Ordinal)
            : Sign.Replace("--role security-lead", instead, StringComparison.Ordinal);

        var ran = await _here.Shell.RunAsync($"{wish} --yes");

        ran.ExitCode.ShouldBe(1, ran.Error);
        ran.Error.ShouldContain(because);
        _here.Server.Requests.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task What_was_signed_is_kept_when_nobody_knows_whether_it_arrived()
    {
        _here.Take(_ => Reply.Silence);
        var ran = await _here.Shell.RunAsync($"{Sign} --yes --timeout 1s --idempotency-key my-key");

        ran.ExitCode.ShouldBe(3);
        var file = Path.GetFileName(Directory.GetFiles(_here.Shell.Folder, "*.dsse.json").ShouldHaveSingleItem());
        ran.Error.ShouldContain($"hint: what you signed is kept in {file}; hand it in again: ledger sign submit {file} --idempotency-key my-key\n");
        var sent = _here.Server.Requests.First(request => request.Method == "POST").Body;
        File.ReadAllBytes(Path.Combine(_here.Shell.Folder, file)).ShouldBe(sent);

        _here.Take();
        (await _here.Shell.RunAsync($"sign submit {file} --idempotency-key my-key")).ExitCode.ShouldBe(0);
        _here.Server.Requests.Where(request => request.Method == "POST").ShouldAllBe(request => request.Key == "my-key" && request.Body.SequenceEqual(sent));
    }

    [Fact]
    public async Task A_sign_off_is_prepared_signed_elsewhere_and_submitted()
    {
        _here.Take();
        var prepared = await _here.Shell.RunAsync($"sign prepare {SignFixture.Wish} --out statement.json");
        prepared.ExitCode.ShouldBe(0, prepared.Error);
        prepared.Error.ShouldBe("hint: sign the bytes of /folder/statement.json.pae, then: ledger sign submit /folder/statement.json --signature FILE\n");
        var unsigned = await _here.Shell.RunAsync("sign submit statement.json");
        unsigned.ExitCode.ShouldBe(2, unsigned.Error);
        File.WriteAllBytes(Path.Combine(_here.Shell.Folder, "sig"), _here.Key.Sign(File.ReadAllBytes(Path.Combine(_here.Shell.Folder, "statement.json.pae"))));

        var submitted = await _here.Shell.RunAsync("sign submit statement.json --signature sig");

        submitted.ExitCode.ShouldBe(0, submitted.Error);
        _here.Signed.Role.ShouldBe("security-lead");
    }

    [Fact]
    public async Task A_sign_off_that_is_prepared_with_a_key_is_submitted_as_it_is()
    {
        _here.Take();
        (await _here.Shell.RunAsync($"sign prepare {SignFixture.Wish} --key carol.key --out signed.json")).ExitCode.ShouldBe(0);
        Envelope.TryParse(File.ReadAllBytes(Path.Combine(_here.Shell.Folder, "signed.json")), out _, out _).ShouldBeTrue();

        (await _here.Shell.RunAsync("sign submit signed.json")).ExitCode.ShouldBe(0);

        _here.Submitted.ToBytes().ShouldBe(File.ReadAllBytes(Path.Combine(_here.Shell.Folder, "signed.json")));
    }

    [Theory]
    [InlineData("", "give either --key or --sign-with")]
    [InlineData("--key carol.key --sign-with cat", "give either --key or --sign-with")]
    public async Task One_way_of_signing_is_named(string how, string because)
    {
        var ran = await _here.Shell.RunAsync($"sign {SignFixture.Wish} {how}");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(because);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private static Ran Tidied(Ran ran, SignOffPredicate signed) =>
        ran with { Out = ran.Out.Replace(signed.Nonce, "(nonce)", StringComparison.Ordinal).Replace(signed.GoNoGo.Digest.Hex, "(digest)", StringComparison.Ordinal) };
}
