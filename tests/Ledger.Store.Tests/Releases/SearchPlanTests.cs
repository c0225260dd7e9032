using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Releases;

namespace Ledger.Store.Tests.Releases;

/// <summary>A hundred thousand releases: how many blocks of the database a page of them touches, whatever it is that is looked for, and wherever it is.</summary>
public sealed class SearchPlanTests(ManyReleases releases) : IClassFixture<ManyReleases>
{
    // A table of 100,000 releases has some 2,000 blocks of its own, and their terms 10,000: a page of 50 that reads all of either is seen.
    private const long BlocksMax = 1_500;

    private static readonly Dictionary<string, ReleaseSearch> ByName = new()
    {
        ["nothing"] = new(),
        ["name"] = new() { Order = ReleaseOrder.Name },
        ["when they were decided"] = new() { Order = ReleaseOrder.Decided },
        ["when they were decided, of an environment"] = new() { Order = ReleaseOrder.Decided, Environment = "production" },
        ["when they were decided, with a rare word"] = new() { Order = ReleaseOrder.Decided, Words = ["needle"] },
        ["when they were decided, as of the past"] = new() { Order = ReleaseOrder.Decided, AsOf = new AsOf.Leaf(180_000) },
        ["when they changed"] = new() { Order = ReleaseOrder.Changed },
        ["when they changed, of an environment"] = new() { Order = ReleaseOrder.Changed, Environment = "production" },
        ["when they changed, with a rare word"] = new() { Order = ReleaseOrder.Changed, Words = ["needle"] },
        ["when they changed, as of the past"] = new() { Order = ReleaseOrder.Changed, AsOf = new AsOf.Leaf(180_000) },
        ["service"] = new() { Services = ["svc-7"] },
        ["version"] = new() { Version = "v777" },
        ["common environment"] = new() { Environment = "production" },
        ["rare environment"] = new() { Environment = "moon" },
        ["no environment"] = new() { Environment = "mars" },
        ["beginning of a commit"] = new() { Commit = "c4ca4238" },
        ["artifact"] = new() { Artifact = Digest.Of(Hash.Sha256("777"u8).Bytes) },
        ["common tool"] = new() { Tool = "k6" },
        ["signer"] = new() { Signer = "signer-77" },
        ["decision"] = new() { Decision = Verdict.NoGo },
        ["common word"] = new() { Words = ["release"] },
        ["rare word"] = new() { Words = ["needle"] },
        ["rare and common word"] = new() { Words = ["needle", "rel"] },
        ["beginning of a word"] = new() { Words = ["need"] },
        ["rare signer of a service"] = new() { Services = ["svc-7"], Signer = "signer-77" },
        ["common ones together"] = new() { Environment = "production", Tool = "k6", Decision = Verdict.Go },
    };

    public static TheoryData<string> Searches => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task A_page_touches_few_blocks_at_the_beginning_and_in_the_middle(string name)
    {
        foreach (var descending in new[] { true, false })
        {
            var search = ByName[name] with { Descending = descending };
            var middle = new ReleaseHit(ReleaseId.TryCreate("svc-25", "v50000")!, 50_000, search.Order is ReleaseOrder.Opened or ReleaseOrder.Name ? null : 150_000);
            foreach (var after in new[] { null, middle })
            {
                var (blocks, plan) = await releases.BlocksAsync(search, after);
                blocks.ShouldBeLessThan(BlocksMax, $"{name}, descending {descending}, after {after}: {plan}");
            }
        }
    }

    [Fact]
    public async Task What_is_found_is_what_there_is()
    {
        var finder = new ReleaseFinder(releases.Database);
        (await finder.FindAsync(new() { Words = ["needle"] }, null, null, 100)).Select(hit => hit.Opened).ShouldBe([1_000, 60_000]);
        (await finder.CountAsync(new() { Environment = "moon" })).ShouldBe(10);
        (await finder.CountAsync(new() { Services = ["svc-7"] })).ShouldBe(2_000);
    }
}
