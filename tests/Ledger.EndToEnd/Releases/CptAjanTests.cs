namespace Ledger.EndToEnd;

/// <summary>cpt-ajan v5.7.1 from open to close.</summary>
public sealed class CptAjanTests
{
    [Fact]
    public async Task Everything_that_its_documents_say_is_in_its_history()
    {
        await using var replay = await Replay.BeginAsync();
        await replay.RunAsync("cpt-ajan", "replay.sh");
        await replay.HoldsAsync("cpt-ajan/v5.7.1", "cpt-ajan");
    }
}
