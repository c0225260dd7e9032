using Ledger.Integrity.Timestamps;

namespace Ledger.Integrity.Tests.Timestamps;

public class TimestampTests
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private static readonly Hash Imprint = Hash.Sha256("what is timestamped"u8);
    private static readonly byte[] Nonce = [0x80, 1, 2, 3, 4, 5, 6, 7];

    [Fact]
    public void A_timestamp_of_openssl_verifies_as_a_response_and_as_a_token()
    {
        using var authority = new LocalAuthority();
        var before = DateTimeOffset.UtcNow;
        var response = authority.Answer(TimestampRequest.Encode(Imprint, Nonce));
        authority.Verifies().ShouldBeTrue();
        foreach (var der in new[] { response, authority.Token() })
        {
            Timestamp.Verify(der, Imprint, authority.Anchors, Nonce, out var verified).ShouldBe(Verification.Valid);
            verified!.Time.ShouldBeInRange(before.AddSeconds(-1), DateTimeOffset.UtcNow);
            verified.Time.Offset.ShouldBe(TimeSpan.Zero);
            verified.Accuracy.ShouldBe(TimeSpan.FromSeconds(1));
            verified.Authority.ShouldBe("CN=Own-TSA");
            verified.PolicyOid.ShouldBe("1.2.3.4.1");
            verified.SerialNumber.ShouldNotBeEmpty();
            Timestamp.Verify(der, Imprint, authority.Anchors, [], out _).ShouldBe(Verification.Valid);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 1 })]
    [InlineData(new byte[] { 0x7F, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    public void A_nonce_is_a_number_whatever_its_first_bit(byte[] nonce)
    {
        using var authority = new LocalAuthority();
        var response = authority.Answer(TimestampRequest.Encode(Imprint, nonce));
        authority.Verifies().ShouldBeTrue();
        Timestamp.Verify(response, Imprint, authority.Anchors, nonce, out _).ShouldBe(Verification.Valid);
        Timestamp.Verify(response, Imprint, authority.Anchors, [.. nonce, 0], out _).Code.ShouldBe("timestamp_nonce_differs");
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        using var authority = new LocalAuthority();
        using var stranger = new LocalAuthority();
        var response = authority.Answer(TimestampRequest.Encode(Imprint, []));
        Code(response, Hash.Sha256("other"u8), authority).ShouldBe("timestamp_imprint_differs");
        Code(response, Imprint, stranger).ShouldBe("timestamp_authority_untrusted");
        Timestamp.Verify(response, Imprint, authority.Anchors, Nonce, out var verified).Code.ShouldBe("timestamp_nonce_differs");
        verified.ShouldBeNull();
        Code([], Imprint, authority).ShouldBe("timestamp_malformed");
        Code([0x30, 0x00], Imprint, authority).ShouldBe("timestamp_malformed");
        Code([.. response, 0], Imprint, authority).ShouldBe("timestamp_malformed");
        Code(new byte[Timestamp.MaxBytes + 1], Imprint, authority).ShouldBe("timestamp_malformed");
        Code([0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02], Imprint, authority).ShouldBe("timestamp_not_granted");
        Code([0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00], Imprint, authority).ShouldBe("timestamp_malformed");
    }

    [Fact]
    public void No_flipped_bit_lets_another_time_through()
    {
        using var authority = new LocalAuthority();
        authority.Answer(TimestampRequest.Encode(Imprint, Nonce));
        var token = authority.Token();
        var anchors = authority.Anchors;
        Timestamp.Verify(token, Imprint, anchors, Nonce, out var honest).ShouldBe(Verification.Valid);
        for (var at = 0; at < token.Length; at++)
        {
            var tampered = (byte[])token.Clone();
            tampered[at] ^= (byte)(1 << (at % 8));
            if (Timestamp.Verify(tampered, Imprint, anchors, Nonce, out var verified).IsValid) verified.ShouldBe(honest);
            else verified.ShouldBeNull();
        }

        for (var length = 0; length < token.Length; length++) Timestamp.Verify(token.AsMemory(0, length), Imprint, anchors, Nonce, out _).Code.ShouldBe("timestamp_malformed");
    }

    [Theory]
    [InlineData(true, null, TimeStamping)]
    [InlineData(true, "timestamp_usage_wrong", TimeStamping, CodeSigning)]
    [InlineData(false, "timestamp_usage_wrong", TimeStamping)]
    [InlineData(true, "timestamp_usage_wrong", CodeSigning)]
    public void An_authoritys_certificate_is_for_timestamps_alone(bool isCritical, string? code, params string[] usages)
    {
        using var authority = new CarelessAuthority(isCritical, usages);
        Timestamp.Verify(authority.Token(Imprint, CarelessAuthority.Start.AddDays(1)), Imprint, authority.Anchors, [], out _).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(-1, "timestamp_certificate_not_of_time")]
    [InlineData(0, null)]
    [InlineData(9, null)]
    [InlineData(11, "timestamp_certificate_not_of_time")]
    public void Certificates_are_checked_as_of_the_timestamp_and_not_as_of_today(int days, string? code)
    {
        using var authority = new CarelessAuthority(isCritical: true, TimeStamping);
        Timestamp.Verify(authority.Token(Imprint, CarelessAuthority.Start.AddDays(days)), Imprint, authority.Anchors, [], out _).Code.ShouldBe(code);
    }

    [Fact]
    public void A_digest_with_known_collisions_is_refused()
    {
        using var authority = new LocalAuthority(digest: "sha1");
        Code(authority.Answer(TimestampRequest.Encode(Imprint, [])), Imprint, authority).ShouldBe("timestamp_digest_weak");
    }

    [Fact]
    public void Anchors_are_root_certificates_and_nothing_else()
    {
        using var authority = new LocalAuthority();
        TimestampAnchors.TryParsePem(authority.RootPem + authority.RootPem, out var anchors, out _).ShouldBeTrue();
        anchors.Fingerprints.Count.ShouldBe(2);
        foreach (var bad in new[] { "", "text", authority.AuthorityPem, "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----", string.Concat(Enumerable.Repeat(authority.RootPem, TimestampAnchors.MaxCount + 1)) })
        {
            TimestampAnchors.TryParsePem(bad, out anchors, out var error).ShouldBeFalse();
            error.ShouldNotBeNullOrEmpty();
        }

        Should.Throw<ArgumentException>(() => TimestampRequest.Encode(Imprint, new byte[TimestampRequest.MaxNonceBytes + 1]));
    }

    private static string? Code(byte[] der, Hash imprint, LocalAuthority authority) => Timestamp.Verify(der, imprint, authority.Anchors, [], out _).Code;
}
