using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

public class ReleaseIdTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Each_part_has_1_to_64_characters(int length, bool valid)
    {
        (ReleaseId.TryCreate(new string('a', length), "1") is not null).ShouldBe(valid);
        (ReleaseId.TryCreate("a", new string('1', length)) is not null).ShouldBe(valid);
        ReleaseId.IsService(new string('a', length)).ShouldBe(valid);
    }

    [Theory]
    [InlineData("Shop", "1")]
    [InlineData("-shop", "1")]
    [InlineData(".", "1")]
    [InlineData("sh op", "1")]
    [InlineData("shop\n", "1")]
    [InlineData("shöp", "1")]
    [InlineData("shop", "..")]
    [InlineData("shop", "+1")]
    [InlineData("shop", "1\n")]
    [InlineData("shop", "1/2")]
    [InlineData(null, "1")]
    [InlineData("shop", null)]
    public void Other_characters_make_no_release(string? service, string? version) => ReleaseId.TryCreate(service, version).ShouldBeNull();

    [Theory]
    [InlineData("shop/1.2.3")]
    [InlineData("a.b_c-d/V1.0-rc.1+build_7")]
    public void An_id_reads_back_from_its_text_and_its_stream_key(string text)
    {
        var id = ReleaseId.TryParse(text)!;
        id.ToString().ShouldBe(text);
        id.StreamKey.ShouldBe("release/" + text);
        ReleaseId.FromStreamKey(id.StreamKey).ShouldBe(id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("shop")]
    [InlineData("shop/")]
    [InlineData("/1")]
    [InlineData("shop/1/2")]
    public void A_text_of_one_or_three_parts_is_no_release(string? text) => ReleaseId.TryParse(text).ShouldBeNull();

    [Theory]
    [InlineData("policy/web")]
    [InlineData("ledger")]
    [InlineData("Release/shop/1")]
    [InlineData("release/release/shop/1")]
    public void The_key_of_another_stream_is_no_release(string key) => ReleaseId.FromStreamKey(key).ShouldBeNull();

    [Fact]
    public void Versions_that_differ_in_case_are_two_releases() =>
        ReleaseId.TryParse("shop/v1").ShouldNotBe(ReleaseId.TryParse("shop/V1"));
}
