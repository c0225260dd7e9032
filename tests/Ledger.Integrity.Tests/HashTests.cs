namespace Ledger.Integrity.Tests;

public class HashTests
{
    // FIPS 180-4, the one-block example message.
    private const string AbcHex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private const string AbcBase64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    [Fact]
    public void Sha256_is_the_standard_one()
    {
        Hash.Sha256("abc"u8).ToString().ShouldBe(AbcHex);
        Hash.Sha256("abc"u8).ToBase64().ShouldBe(AbcBase64);
    }

    [Fact]
    public void Hex_and_base64_read_back_what_they_write()
    {
        var hash = Hash.Sha256("abc"u8);
        Hash.TryParseHex(AbcHex, out var fromHex).ShouldBeTrue();
        Hash.TryParseBase64(AbcBase64, out var fromBase64).ShouldBeTrue();
        fromHex.ShouldBe(hash);
        fromBase64.ShouldBe(hash);
        new Hash(hash.ToArray()).ShouldBe(hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00")]
    [InlineData("BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Hex_has_one_text_for_one_hash(string text) => Hash.TryParseHex(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1=")] // unused bits set
    [InlineData("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=")] // URL-safe alphabet
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIA Fa0=")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFQ==")]
    public void Base64_has_one_text_for_one_hash(string text) => Hash.TryParseBase64(text, out _).ShouldBeFalse();

    [Fact]
    public void Hashes_are_equal_when_all_32_bytes_are()
    {
        var bytes = Hash.Sha256("abc"u8).ToArray();
        for (var i = 0; i < Hash.Size; i++)
        {
            var other = (byte[])bytes.Clone();
            other[i] ^= 1;
            (new Hash(other) == new Hash(bytes)).ShouldBeFalse();
        }

        new Hash(bytes).Equals((object)new Hash(bytes)).ShouldBeTrue();
        new Hash(bytes).GetHashCode().ShouldBe(new Hash(bytes).GetHashCode());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_hash_is_32_bytes_and_nothing_else(int length) => Should.Throw<ArgumentException>(() => new Hash(new byte[length]));
}
