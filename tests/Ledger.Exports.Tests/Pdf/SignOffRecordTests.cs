using Ledger.Exports.Pdf;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Integrity;
using Ledger.Integrity.Notes;

namespace Ledger.Exports.Tests.Pdf;

public class SignOffRecordTests
{
    private static readonly Hash Root = Hash.Sha256("root"u8);

    [Fact]
    public void The_same_release_gives_the_same_bytes() => Write(MemoryLedger.Whole()).ShouldBe(Write(MemoryLedger.Whole()));

    private static byte[] Write(MemoryLedger ledger)
    {
        var pdf = SignOffRecord.Write(ledger.Dossier(MemoryLedger.Shop), new Checkpoint(MemoryLedger.Origin, ledger.Events.Count, Root));
        File.WriteAllBytes(Path.Combine(Path.GetTempPath(), "record.pdf"), pdf);
        return pdf;
    }
}
