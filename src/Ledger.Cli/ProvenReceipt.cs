using Ledger.Cli.Contract;
using Ledger.Cli.Server;

namespace Ledger.Cli;

/// <summary>The receipt of an append, completed by the event itself and checked before it is kept.</summary>
internal static class ProvenReceipt
{
    /// <summary>Fetches the event that the receipt is for, and checks that the log has it where the receipt says.</summary>
    public static async Task<Result<ProvenEvent>> FetchAsync(Connection connection, Receipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.Proof is not { } proof) return Failure.Garbled("it has no proof of the receipt");
        var asked = await connection.Client.GetAsync($"v1/events/{Routes.Number(receipt.Sequence)}", ContractJson.Default.LoggedEvent, cancellationToken).ConfigureAwait(false);
        if (!asked.TryGet(out var logged, out var failure)) return failure;
        var proven = ProvenEvent.Verify(receipt.Sequence, logged.Value, new InclusionAnswer(receipt.Sequence, receipt.LeafIndex, proof), connection.Log.Key);
        if (!proven.TryGet(out var found, out failure)) return failure;
        return found.LeafHash.ToString() == receipt.LeafHash && found.Checkpoint.Size == receipt.TreeSize ? found : Failure.Garbled("the proof is not that of the receipt");
    }
}
