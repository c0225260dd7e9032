using System.Text;

using Ledger.Integrity.Bundles;
using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Tests.Bundles;

public class InclusionProofLineTests
{
    private static readonly InclusionProofLine Line = new(7, [Hash.Sha256("a"u8), Hash.Sha256("b"u8)]);

    [Fact]
    public void A_line_is_read_again()
    {
        foreach (var line in new[] { Line, new InclusionProofLine(0, []) })
        {
            InclusionProofLine.TryParse(Encoding.ASCII.GetBytes(line.ToString()), out var read).ShouldBeTrue();
            (read!.LeafIndex, read.ToString()).ShouldBe((line.LeafIndex, line.ToString()));
        }
    }

    [Fact]
    public void A_line_is_canonical_JSON() => CanonicalJson.IsCanonical(Encoding.ASCII.GetBytes(Line.ToString())).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"hashes":[],"leafIndex":-1}""")]
    [InlineData("""{"hashes":[],"leafIndex":1.5}""")]
    [InlineData("""{"hashes":[],"leafIndex":"1"}""")]
    [InlineData("""{"hashes":[null],"leafIndex":1}""")]
    [InlineData("""{"hashes":["00"],"leafIndex":1}""")]
    [InlineData("""{"leafIndex":1,"hashes":[]}""")]
    [InlineData("""{"hashes":[],"leafIndex":1,"more":1}""")]
    [InlineData("""{"hashes": [],"leafIndex":1}""")]
    public void What_could_be_written_in_another_way_is_refused(string text) => InclusionProofLine.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();
}
