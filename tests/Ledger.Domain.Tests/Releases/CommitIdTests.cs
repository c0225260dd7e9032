using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

public class CommitIdTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(40, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_commit_has_7_to_64_digits(int length, bool valid) => CommitId.IsValid(new string('a', length)).ShouldBe(valid);

    [Theory]
    [InlineData(null)]
    [InlineData("0123abg")]
    [InlineData("0123 abc")]
    [InlineData("0123abc\n")]
    [InlineData("٠١٢٣٤٥٦")]
    public void A_commit_has_hexadecimal_digits_only(string? text) => CommitId.IsValid(text).ShouldBeFalse();

    [Theory]
    [InlineData("0123abc", "0123abc")]
    [InlineData("0123abc", "0123ABC")]
    [InlineData("0123abc", "0123abcdef0123")]
    [InlineData("0123ABCDEF0123", "0123abc")]
    public void Equal_or_abbreviated_is_the_same_whatever_the_case(string a, string b)
    {
        CommitId.Same(a, b).ShouldBeTrue();
        CommitId.Same(b, a).ShouldBeTrue();
    }

    [Theory]
    [InlineData("0123abc", "0123abd")]
    [InlineData("0123abc", "0123ab")]
    [InlineData("", "0123abc")]
    [InlineData("0123abc", "0123abc-dirty")]
    [InlineData("0123abc", "0123abc\n")]
    public void Another_commit_too_short_a_prefix_or_something_that_is_no_commit_is_not_the_same(string a, string b)
    {
        CommitId.Same(a, b).ShouldBeFalse();
        CommitId.Same(b, a).ShouldBeFalse();
    }
}
