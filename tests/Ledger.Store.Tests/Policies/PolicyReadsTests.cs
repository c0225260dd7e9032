using Ledger.Store.Policies;
using Ledger.Store.Tests.Log;

namespace Ledger.Store.Tests.Policies;

public sealed class PolicyReadsTests : IAsyncLifetime
{
    private readonly TestLedger _ledger = new();
    private PolicyReads _policies = null!;

    public async Task InitializeAsync()
    {
        await _ledger.InitializeAsync();
        _policies = new PolicyReads(_ledger.Database);
        await _ledger.PublishAsync("standard", "First");
        await _ledger.PublishAsync("basic", "Basic");
        await _ledger.PublishAsync("standard", "Second");
        await _ledger.OpenAsync(TestLedger.Release("shop", 1));
    }

    public Task DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task The_list_has_the_newest_version_of_each_by_name()
    {
        var listed = await _policies.ListAsync();

        listed.Select(policy => (policy.Policy.Name, policy.Policy.Version)).ShouldBe([("basic", 1L), ("standard", 2L)]);
        listed[0].PublishedAt.ShouldBeLessThanOrEqualTo(listed[1].PublishedAt);
    }

    [Fact]
    public async Task A_version_is_found_with_its_document_and_the_newest_without_one()
    {
        (await _policies.FindAsync("standard", 1))!.Document.GetProperty("title").GetString().ShouldBe("First");
        (await _policies.FindAsync("standard"))!.Document.GetProperty("title").GetString().ShouldBe("Second");
    }

    [Theory]
    [InlineData("standard", 3L)]
    [InlineData("standard", 0L)]
    [InlineData("standard", -1L)]
    [InlineData("other", null)]
    public async Task What_was_never_published_is_not_found(string name, long? version) => (await _policies.FindAsync(name, version)).ShouldBeNull();

    [Fact]
    public async Task A_document_that_was_changed_is_not_served()
    {
        await using var command = _ledger.Database.CreateCommand(
            "set session_replication_role = replica; update mt_events set data = jsonb_set(data, '{document,title}', '\"Easier\"') where stream_id = 'policy/basic'; reset session_replication_role");
        await command.ExecuteNonQueryAsync();

        await Should.ThrowAsync<InvalidDataException>(() => _policies.FindAsync("basic"));
        await Should.ThrowAsync<InvalidDataException>(() => _policies.ListAsync());
    }
}
