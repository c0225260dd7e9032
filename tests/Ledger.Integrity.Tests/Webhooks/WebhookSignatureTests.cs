using System.Text;
using Ledger.Integrity.Webhooks;

namespace Ledger.Integrity.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string SecretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void The_example_of_the_specification_comes_out() =>
        WebhookSignature.Sign(Id, 1614265330, Body, [Secret(SecretText)]).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void A_message_verifies_for_five_minutes_either_way()
    {
        var signature = WebhookSignature.Sign(Id, 1614265330, Body, [Secret(SecretText)]);
        foreach (var seconds in (int[])[-300, 0, 300]) Verify(signature, now: Now.AddSeconds(seconds)).ShouldBeNull();
        foreach (var seconds in (int[])[-301, 301]) Verify(signature, now: Now.AddSeconds(seconds)).ShouldBe("webhook_timestamp_far");
        Verify(signature, now: null).ShouldBeNull();
    }

    [Fact]
    public void Any_of_two_secrets_will_do_and_other_versions_are_passed_by()
    {
        var other = Secret("whsec_" + Convert.ToBase64String(new byte[32]));
        var signatures = WebhookSignature.Sign(Id, 1614265330, Body, [other, Secret(SecretText)]);
        Verify(signatures).ShouldBeNull();
        Verify($"v1a,AAAA v2,zzz {signatures}").ShouldBeNull();
        Verify(signatures.Split(' ')[0]).ShouldBe("webhook_signature_wrong");
    }

    [Fact]
    public void Nothing_that_is_signed_can_be_changed()
    {
        var signature = WebhookSignature.Sign(Id, 1614265330, Body, [Secret(SecretText)]);
        Verify(signature, id: Id + "x").ShouldBe("webhook_signature_wrong");
        Verify(signature, timestamp: "1614265331").ShouldBe("webhook_signature_wrong");
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var changed = (byte[])Body.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Verify(signature, body: changed).ShouldBe("webhook_signature_wrong");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1,!!!!")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void What_is_no_signature_is_wrong(string signatures) => Verify(signatures).ShouldBe("webhook_signature_wrong");

    [Theory]
    [InlineData("", Timestamp, "webhook_id_malformed")]
    [InlineData("a.b", Timestamp, "webhook_id_malformed")]
    [InlineData(Id, "", "webhook_timestamp_malformed")]
    [InlineData(Id, "-1", "webhook_timestamp_malformed")]
    [InlineData(Id, "1614265330.0", "webhook_timestamp_malformed")]
    [InlineData(Id, "01614265330", "webhook_timestamp_malformed")]
    public void What_cannot_be_a_header_is_said(string id, string timestamp, string code) => Verify("v1,AAAA", id: id, timestamp: timestamp).ShouldBe(code);

    [Fact]
    public void An_id_with_a_full_stop_is_not_signed() => Should.Throw<ArgumentException>(() => WebhookSignature.Sign("a.1", 1, Body, [Secret(SecretText)]));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "a secret starts with whsec_")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "what follows whsec_ is not base64 with its padding")]
    [InlineData("whsec_c2hvcnQ=", "a secret has 24 to 64 bytes, and this one has 5")]
    public void What_is_no_secret_is_said_without_it(string text, string error)
    {
        WebhookSecret.TryParse(text, out _, out var said).ShouldBeFalse();
        said.ShouldBe(error);
    }

    [Fact]
    public void A_secret_does_not_print() => $"{Secret(SecretText)}".ShouldBe("whsec_…");

    private static string? Verify(string signatures, string id = Id, string timestamp = Timestamp, byte[]? body = null, DateTimeOffset? now = null) =>
        WebhookSignature.Verify(id, timestamp, signatures, body ?? Body, Secret(SecretText), now).Code;

    private static WebhookSecret Secret(string text) => WebhookSecret.TryParse(text, out var secret, out var error) ? secret : throw new ArgumentException(error, nameof(text));
}
