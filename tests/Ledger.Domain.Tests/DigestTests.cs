using System.Text.Json;

namespace Ledger.Domain.Tests;

public class DigestTests
{
    private static readonly string Hex = new('a', 64);

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public void It_is_made_of_32_bytes(int length) => Should.Throw<ArgumentException>(() => Digest.Of(new byte[length]));

    [Fact]
    public void It_is_written_with_its_algorithm_and_in_lower_case()
    {
        var digest = Digest.Of(Enumerable.Repeat((byte)0xAB, 32).ToArray());
        digest.ToString().ShouldBe("sha256:" + string.Concat(Enumerable.Repeat("ab", 32)));
        digest.Hex.Length.ShouldBe(64);
    }

    [Fact]
    public void Upper_case_digits_read_as_the_same_digest()
    {
        Digest.TryParse("sha256:" + Hex.ToUpperInvariant(), out var upper).ShouldBeTrue();
        Digest.TryParse("sha256:" + Hex, out var lower).ShouldBeTrue();
        upper.ShouldBe(lower);
    }

    [Fact]
    public void Anything_else_is_not_a_digest()
    {
        string?[] wrong = [null, "", Hex, "sha256:", "sha256:" + Hex[1..], "sha256:" + Hex + "a", "sha256:" + Hex[1..] + "g", "SHA256:" + Hex, "sha512:" + Hex, " sha256:" + Hex[1..]];
        foreach (var text in wrong) Digest.TryParse(text, out _).ShouldBeFalse(text);
    }

    [Fact]
    public void An_undefined_digest_has_no_text() => Should.Throw<InvalidOperationException>(() => default(Digest).ToString());

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"sha256:00\"")]
    public void JSON_that_is_no_digest_is_refused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Digest>(json));
}
