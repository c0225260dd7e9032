using System.Text;

using FsCheck;
using FsCheck.Fluent;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Tests.Keys;

namespace Ledger.Integrity.Tests.Envelopes;

public class EnvelopeTests
{
    private const string Type = "application/example+json";

    private static readonly byte[] Payload = """{"hello":"world"}"""u8.ToArray();

    private readonly SigningKey _alice = TestKeys.Ed25519;
    private readonly SigningKey _bob = TestKeys.EcdsaP256;
    private readonly SigningKey _carol = TestKeys.OtherEd25519;

    private Envelope Signed => Envelope.Sign(Type, Payload, _alice);

    [Fact]
    public void What_is_signed_is_the_encoding_that_DSSE_defines()
    {
        Encoding.UTF8.GetString(PreAuthenticationEncoding.Encode("http://example.com/HelloWorld", "hello world"u8))
            .ShouldBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        Encoding.UTF8.GetString(PreAuthenticationEncoding.Encode("ü", [])).ShouldBe("DSSEv1 2 ü 0 ");
        Should.Throw<ArgumentException>(() => PreAuthenticationEncoding.Encode("\ud800", []));
    }

    [Fact]
    public void An_envelope_is_canonical_JSON_that_opens_with_the_signers_key()
    {
        Golden.ShouldMatch(Encoding.UTF8.GetString(Signed.ToBytes()), "Envelope.json");
        CanonicalJson.IsCanonical(Signed.ToBytes()).ShouldBeTrue();
        Open(Signed.ToBytes(), [_alice.PublicKey], 1, out var verified).ShouldBeNull();
        verified!.Payload.ToArray().ShouldBe(Payload);
        verified.PayloadType.ShouldBe(Type);
        verified.SignedBy.ShouldBe([_alice.PublicKey]);
    }

    [Fact]
    public void What_was_read_is_written_again_byte_for_byte() =>
        Prop.ForAll<byte[], NonEmptyString>((payload, type) =>
        {
            var name = type.Get.Length > Envelope.MaxPayloadTypeLength || type.Get.Contains('\0') || type.Get.Any(char.IsSurrogate) ? Type : type.Get;
            var bytes = Envelope.Sign(name, payload, _alice, _carol).ToBytes();
            Envelope.TryParse(bytes, out var envelope, out var error).ShouldBeTrue(error);
            envelope.ToBytes().ShouldBe(bytes);
            envelope.Verify(name, [_carol.PublicKey, _alice.PublicKey], 2, out var verified).ShouldBe(Verification.Valid);
            verified!.Payload.ToArray().ShouldBe(payload);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Standard_and_URL_safe_base64_are_read_and_become_the_same_bytes()
    {
        byte[] payload = [0xFB, 0xFF, 0xFE, 0xFB];
        var envelope = Envelope.Sign(Type, payload, _alice);
        var standard = Encoding.UTF8.GetString(envelope.ToBytes());
        var sig = Convert.ToBase64String(envelope.Signatures[0].Signature.Span);
        var safe = standard.Replace("+//++w==", "-__--w", StringComparison.Ordinal).Replace(sig, sig.Replace('+', '-').Replace('/', '_'), StringComparison.Ordinal);
        safe.ShouldNotBe(standard);
        foreach (var text in new[] { safe, safe.Replace("-__--w", "-__--w==", StringComparison.Ordinal) })
        {
            Envelope.TryParse(Encoding.UTF8.GetBytes(text), out var parsed, out var error).ShouldBeTrue(error);
            parsed.ToBytes().ShouldBe(envelope.ToBytes());
            parsed.Verify(Type, _alice.PublicKey, out _).ShouldBe(Verification.Valid);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(null)]
    public void A_key_ID_is_a_hint_and_nothing_is_decided_by_it(string? keyId)
    {
        var signature = new EnvelopeSignature(Signed.Signatures[0].Signature, keyId);
        new Envelope(Type, Payload, [signature]).Verify(Type, [_bob.PublicKey, _alice.PublicKey], 1, out var verified).ShouldBe(Verification.Valid);
        verified!.SignedBy.ShouldBe([_alice.PublicKey]);

        // Bob's name on Alice's signature does not make it Bob's.
        var stolen = new EnvelopeSignature(Signed.Signatures[0].Signature, _bob.PublicKey.KeyId);
        new Envelope(Type, Payload, [stolen]).Verify(Type, _bob.PublicKey, out _).Code.ShouldBe("envelope_not_signed");
    }

    [Fact]
    public void A_threshold_counts_keys_and_not_signatures()
    {
        var thrice = Signed.Sign(_alice, _alice);
        IReadOnlyCollection<PublicKey> keys = [_alice.PublicKey, _bob.PublicKey];
        thrice.Verify(Type, keys, 2, out _).Code.ShouldBe("envelope_threshold_not_met");
        thrice.Verify(Type, [_alice.PublicKey, _alice.PublicKey], 2, out _).Code.ShouldBe("envelope_threshold_not_met");
        thrice.Sign(_bob).Verify(Type, keys, 2, out var verified).ShouldBe(Verification.Valid);
        verified!.SignedBy.ShouldBe([_alice.PublicKey, _bob.PublicKey]);
        Should.Throw<ArgumentOutOfRangeException>(() => thrice.Verify(Type, keys, 0, out _));
    }

    [Fact]
    public void One_RSA_key_under_two_algorithms_counts_once()
    {
        using var pss = SigningKey.Generate(KeyAlgorithm.RsaPssSha256);
        using var pkcs1 = SignerKeyReader.ReadPrivatePem(pss.ExportPkcs8Pem(), KeyAlgorithm.RsaPkcs1Sha256);
        Envelope.Sign(Type, Payload, pss, pkcs1).Verify(Type, [pss.PublicKey, pkcs1.PublicKey], 2, out _).Code.ShouldBe("envelope_threshold_not_met");
    }

    [Fact]
    public void Signatures_of_others_are_passed_over()
    {
        Envelope.Sign(Type, Payload, _carol, _alice).Verify(Type, _alice.PublicKey, out _).ShouldBe(Verification.Valid);
        Signed.Verify(Type, _carol.PublicKey, out _).Code.ShouldBe("envelope_not_signed");
        Signed.Verify(Type, [], 1, out _).Code.ShouldBe("envelope_not_signed");
        new Envelope(Type, Payload, []).Verify(Type, _alice.PublicKey, out _).Code.ShouldBe("envelope_not_signed");
    }

    [Fact]
    public void Another_type_is_refused_and_a_type_that_was_changed_is_not_signed()
    {
        Signed.Verify("application/other+json", _alice.PublicKey, out _).Code.ShouldBe("envelope_payload_type_differs");
        new Envelope("application/other+json", Payload, Signed.Signatures).Verify("application/other+json", _alice.PublicKey, out _).Code.ShouldBe("envelope_not_signed");
    }

    [Fact]
    public void Signatures_swapped_between_envelopes_do_not_verify()
    {
        var other = Envelope.Sign(Type, "other"u8.ToArray(), _alice);
        new Envelope(Type, Payload, other.Signatures).Verify(Type, _alice.PublicKey, out _).Code.ShouldBe("envelope_not_signed");
        new Envelope(Type, "other"u8.ToArray(), Signed.Signatures).Verify(Type, _alice.PublicKey, out _).Code.ShouldBe("envelope_not_signed");
    }

    [Fact]
    public void No_flipped_bit_lets_another_payload_or_type_through()
    {
        var bytes = Signed.ToBytes();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var tampered = (byte[])bytes.Clone();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!Envelope.TryParse(tampered, out var envelope, out _) || !envelope.Verify(Type, _alice.PublicKey, out var verified).IsValid) continue;
            verified!.Payload.ToArray().ShouldBe(Payload); // Only the hint is not covered by the signature.
            envelope.Signatures[0].KeyId.ShouldNotBe(_alice.PublicKey.KeyId);
        }
    }

    [Fact]
    public void A_truncated_envelope_is_refused()
    {
        var bytes = Signed.ToBytes();
        for (var length = 0; length < bytes.Length; length++) Envelope.TryParse(bytes.AsSpan(0, length), out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"payload":"AA==","payloadType":"t"}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":{}}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[1]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":""}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"AA==","keyid":1}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"A"}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"AB=="}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"A A="}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"+_8="}]}""")]
    [InlineData("""{"payload":"AA=","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"AA\n==","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":null,"payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"AA==","payload":"AQ==","payloadType":"t","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","payl\u006fadType":"u","signatures":[{"sig":"AA=="}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"AA==","sig":"AQ=="}]}""")]
    [InlineData("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"AA=="}]} {}""")]
    public void What_is_not_exactly_an_envelope_is_refused(string json)
    {
        Envelope.TryParse(Encoding.UTF8.GetBytes(json), out _, out var error).ShouldBeFalse();
        error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Members_that_DSSE_does_not_know_are_passed_over()
    {
        Envelope.TryParse("""{"cert":"x","payload":"AA==","payloadType":"t","signatures":[{"sig":"AA==","x5c":[]}]}"""u8, out var envelope, out var error).ShouldBeTrue(error);
        Encoding.UTF8.GetString(envelope.ToBytes()).ShouldBe("""{"payload":"AA==","payloadType":"t","signatures":[{"sig":"AA=="}]}""");
    }

    [Fact]
    public void Limits_hold_before_anything_is_verified()
    {
        Parse(Enumerable.Repeat("""{"sig":"AA=="}""", Envelope.MaxSignatures)).ShouldBeTrue();
        Parse(Enumerable.Repeat("""{"sig":"AA=="}""", Envelope.MaxSignatures + 1)).ShouldBeFalse();
        Parse(Enumerable.Repeat("""{"sig":"AA=="}""", 10_000)).ShouldBeFalse();
        Parse([$$"""{"sig":"{{Convert.ToBase64String(new byte[EnvelopeSignature.MaxBytes + 1])}}"}"""]).ShouldBeFalse();
        Parse([$$"""{"sig":"AA==","keyid":"{{new string('k', EnvelopeSignature.MaxKeyIdLength + 1)}}"}"""]).ShouldBeFalse();
        Envelope.TryParse(new byte[Envelope.MaxBytes + 1], out _, out var error).ShouldBeFalse();
        error.ShouldContain("larger");
        Should.Throw<ArgumentException>(() => new Envelope(Type, new byte[Envelope.MaxPayloadBytes + 1], []));
        Should.Throw<ArgumentException>(() => new Envelope("", Payload, []));
        Should.Throw<ArgumentException>(() => new EnvelopeSignature(new byte[EnvelopeSignature.MaxBytes + 1]));

        static bool Parse(IEnumerable<string> signatures) => Envelope.TryParse(
            Encoding.UTF8.GetBytes($$"""{"payload":"AA==","payloadType":"t","signatures":[{{string.Join(',', signatures)}}]}"""), out _, out _);
    }

    [Fact]
    public void The_largest_envelope_that_can_be_made_can_be_read()
    {
        var signatures = Enumerable.Repeat(new EnvelopeSignature(new byte[EnvelopeSignature.MaxBytes], new string('\u0001', EnvelopeSignature.MaxKeyIdLength)), Envelope.MaxSignatures);
        var bytes = new Envelope(new string('\u0001', Envelope.MaxPayloadTypeLength), new byte[Envelope.MaxPayloadBytes], [.. signatures]).ToBytes();
        Envelope.TryParse(bytes, out var envelope, out var error).ShouldBeTrue(error);
        envelope.ToBytes().ShouldBe(bytes);
    }

    [Fact]
    public void A_signature_that_openssl_made_completes_an_envelope()
    {
        using var openssl = new OpenSsl();
        openssl.Write("key.pem", _bob.ExportPkcs8Pem());
        openssl.Write("pae", PreAuthenticationEncoding.Encode(Type, Payload));
        openssl.Run("dgst -sha256 -sign key.pem -out sig pae").ShouldBeTrue();
        new Envelope(Type, Payload, [new EnvelopeSignature(openssl.ReadBytes("sig"))]).Verify(Type, _bob.PublicKey, out _).ShouldBe(Verification.Valid);
    }

    private static string? Open(byte[] json, IReadOnlyCollection<PublicKey> keys, int threshold, out VerifiedEnvelope? verified)
    {
        Envelope.TryParse(json, out var envelope, out var error).ShouldBeTrue(error);
        return envelope.Verify(Type, keys, threshold, out verified).Code;
    }
}
