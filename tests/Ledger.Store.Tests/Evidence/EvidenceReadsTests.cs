using System.Text;
using Ledger.Integrity;
using Ledger.Store.Tests.Log;

namespace Ledger.Store.Tests.EvidenceStorage;

public sealed class EvidenceReadsTests : IAsyncLifetime
{
    private readonly TestLedger _ledger = new();
    private readonly Hash _digest = Hash.Sha256(Encoding.UTF8.GetBytes("""{"p95":101.5,"release":"shop/v1"}"""));

    public async Task InitializeAsync()
    {
        await _ledger.InitializeAsync();
        await _ledger.PublishAsync("standard", "Standard");
        await _ledger.OpenAsync(TestLedger.Release("shop", 1));
        await _ledger.ReportAsync(TestLedger.Release("shop", 1), 101.5);
    }

    public Task DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task The_bytes_come_back_with_their_media_type()
    {
        var found = (await new EvidenceReads(_ledger.Database).FindAsync(_digest)).ShouldNotBeNull();

        Hash.Sha256(found.Bytes.Span).ShouldBe(_digest);
        found.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task An_unknown_digest_has_no_bytes() => (await new EvidenceReads(_ledger.Database).FindAsync(Hash.Sha256("other"u8))).ShouldBeNull();

    [Fact]
    public async Task Bytes_that_were_changed_are_never_served()
    {
        await using var command = _ledger.Database.CreateCommand(
            "set session_replication_role = replica; update ledger_evidence set bytes = set_byte(bytes, 0, get_byte(bytes, 0) # 1); reset session_replication_role");
        await command.ExecuteNonQueryAsync();

        await Should.ThrowAsync<InvalidDataException>(() => new EvidenceReads(_ledger.Database).FindAsync(_digest));
    }
}
