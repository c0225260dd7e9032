using System.Buffers.Binary;

using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;

namespace Ledger.Integrity.Tests.Notes;

public class VerifierKeyTests
{
    [Fact]
    public void An_Ed25519_key_ID_is_the_hash_of_name_newline_type_and_key()
    {
        using var signing = TestKeys.Ed25519;
        var key = new VerifierKey("ledger.example/log", signing.PublicKey);
        var raw = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        key.KeyId.ShouldBe(First4(Hash.Sha256([.. "ledger.example/log\n"u8, 0x01, .. raw])));
        key.ToString().ShouldBe($"ledger.example/log+{key.KeyId:x8}+{Convert.ToBase64String([0x01, .. raw])}");
    }

    [Fact]
    public void An_Ecdsa_key_ID_is_the_hash_of_the_SubjectPublicKeyInfo_alone()
    {
        using var signing = TestKeys.EcdsaP256;
        var key = new VerifierKey("ledger.example/log", signing.PublicKey);
        key.KeyId.ShouldBe(First4(Hash.Sha256(signing.PublicKey.Spki.Span)));
        key.ToString().ShouldEndWith($"+{Convert.ToBase64String([0x02, .. signing.PublicKey.Spki.Span])}");
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void A_key_reads_back_as_it_is_written(KeyAlgorithm algorithm)
    {
        for (var i = 0; i < 20; i++)
        {
            using var signing = SigningKey.Generate(algorithm);
            var key = new VerifierKey("ledger.example/log", signing.PublicKey);
            VerifierKey.TryParse(key.ToString(), out var parsed, out var error).ShouldBeTrue(error);
            parsed.ShouldBe(key);
        }
    }

    [Fact]
    public void A_key_that_is_not_what_it_says_is_refused()
    {
        using var signing = TestKeys.Ed25519;
        var good = new VerifierKey("log", signing.PublicKey).ToString();
        var (id, encoded) = (good.Split('+', 3)[1], good.Split('+', 3)[2]);
        var raw = Convert.FromBase64String(encoded);
        string[] bad =
        [
            "", "+", "++", "log", $"log+{id}", $"+{id}+{encoded}", $"other+{id}+{encoded}", $"lo g+{id}+{encoded}", $"log+{id.ToUpperInvariant()}F+{encoded}",
            $"log+00000000+{encoded}", $"log+{id[1..]}+{encoded}", $"log+{id}+{encoded}\n", $"log+{id}+", $"log+{id}+!!!!",
            $"log+{id}+{Convert.ToBase64String(raw[..^1])}", $"log+{id}+{Convert.ToBase64String([.. raw, 0])}",
            $"log+{id}+{Convert.ToBase64String([0x02, .. raw[1..]])}", $"log+{id}+{Convert.ToBase64String([0x04, .. raw[1..]])}",
            $"log+{id}+{Convert.ToBase64String([0x02, .. signing.PublicKey.Spki.Span])}", new string('l', 2000) + good,
        ];
        foreach (var text in bad)
        {
            VerifierKey.TryParse(text, out _, out var error).ShouldBeFalse(text);
            error.ShouldNotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("no\u00a0break")]
    [InlineData("a+b")]
    [InlineData("line\n")]
    [InlineData("bell\u0007")]
    public void A_name_has_no_spaces_controls_or_plus(string name)
    {
        using var signing = TestKeys.Ed25519;
        Should.Throw<ArgumentException>(() => new VerifierKey(name, signing.PublicKey));
        Should.Throw<ArgumentException>(() => new NoteSigner(name, signing));
        Should.Throw<ArgumentException>(() => new NoteSignature(name, 1, new byte[1]));
    }

    private static uint First4(Hash hash) => BinaryPrimitives.ReadUInt32BigEndian(hash.Bytes);
}
