using System.Globalization;
using System.Numerics;

using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Tests.Keys;

public class Ed25519Tests
{
    // RFC 8032 §5.1: the order of the base point.
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

    [Fact]
    public void The_machines_that_test_this_have_it()
    {
        Ed25519Support.UnavailableReason.ShouldBeNull();
        Ed25519Support.IsAvailable.ShouldBeTrue();
    }

    [Theory] // RFC 8032 §7.1, TEST 1 to 3.
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Signatures_are_those_of_RFC_8032(string seed, string publicKey, string message, string signature)
    {
        using var key = TestKeys.FromSeed(seed);
        var data = Convert.FromHexString(message);
        key.Algorithm.ShouldBe(KeyAlgorithm.Ed25519);
        Convert.ToHexStringLower(key.Sign(data)).ShouldBe(signature);
        var fromRaw = PublicKey.FromEd25519(Convert.FromHexString(publicKey)).ShouldNotBeNull();
        fromRaw.ShouldBe(key.PublicKey);
        fromRaw.Verify(data, Convert.FromHexString(signature)).ShouldBeTrue();
    }

    [Fact]
    public void Every_flipped_bit_of_a_signature_breaks_it()
    {
        using var key = TestKeys.Ed25519;
        var signature = key.Sign("data"u8);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var tampered = (byte[])signature.Clone();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            key.PublicKey.Verify("data"u8, tampered).ShouldBeFalse();
        }
    }

    [Fact]
    public void Another_message_another_key_and_another_length_do_not_verify()
    {
        using var key = TestKeys.Ed25519;
        using var other = TestKeys.OtherEd25519;
        var signature = key.Sign("data"u8);
        key.PublicKey.Verify("dat"u8, signature).ShouldBeFalse();
        other.PublicKey.Verify("data"u8, signature).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, []).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, signature.AsSpan(1)).ShouldBeFalse();
        key.PublicKey.Verify("data"u8, (byte[])[.. signature, 0]).ShouldBeFalse();
    }

    [Fact]
    public void A_signature_has_one_form_S_plus_the_group_order_is_refused()
    {
        using var key = TestKeys.Ed25519;
        var signature = key.Sign("data"u8);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;
        byte[] malleated = [.. signature[..32], .. s.ToByteArray(isUnsigned: true)];
        malleated.Length.ShouldBe(64);
        key.PublicKey.Verify("data"u8, malleated).ShouldBeFalse();
    }

    [Fact]
    public void A_key_has_32_bytes()
    {
        PublicKey.FromEd25519(new byte[31]).ShouldBeNull();
        PublicKey.FromEd25519(new byte[33]).ShouldBeNull();
    }

    [Fact]
    public void A_public_key_outlives_its_signing_key()
    {
        var key = TestKeys.Ed25519;
        var signature = key.Sign("data"u8);
        key.Dispose();
        key.PublicKey.Verify("data"u8, signature).ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => key.Sign("data"u8));
    }
}
