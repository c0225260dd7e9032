using Ledger.Server.Tests.SignOffs;
using Npgsql;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What chains came to is kept by what they were verified from: a row that was changed since is found, alone and in a page, and so is its return.</summary>
[Collection(ServerCollection.Name)]
public sealed class TamperedChainTests(RunningServer server)
{
    [Fact]
    public async Task A_row_that_was_changed_is_found_where_the_chain_was_verified_before()
    {
        var (path, another) = (await SignedAsync(), await SignedAsync());
        var (name, other) = (path["v1/releases/".Length..], another["v1/releases/".Length..]);
        var before = await StatusesAsync(name, other);
        before.ShouldBe(["INCOMPLETE missing", "INCOMPLETE missing", "INCOMPLETE missing"]);
        (await StatusesAsync(name, other)).ShouldBe(before);

        await TamperAsync(name, "'\"forged\"'");
        var tampered = await StatusesAsync(name, other);
        tampered[0].ShouldStartWith("INVALID");
        tampered[1].ShouldStartWith("INVALID");
        tampered[2].ShouldBe(before[2]);

        await TamperAsync(name, "data -> 'meant'");
        (await StatusesAsync(name, other)).ShouldBe(before);
    }

    private async Task<string> SignedAsync()
    {
        var path = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        await lead.SignAsync(server, path, "technical").ShouldBeCreatedAsync();
        return path;
    }

    // The release alone, and in a page; and the other one.
    private async Task<string[]> StatusesAsync(string name, string other)
    {
        var alone = (await server.AskAsync($$"""{ verifySignOffChain(release: "{{name}}") { status firstReason } }""")).At("verifySignOffChain");
        var page = (await server.AskAsync("""{ releases(first: 100, filter: { policy: "signed" }) { nodes { name signOffChain { status firstReason } } } }""")).At("releases.nodes").EnumerateArray().ToList();
        return [Status(alone), .. new[] { name, other }.Select(wanted => Status(page.Single(node => node.Text("name") == wanted).At("signOffChain")))];

        static string Status(System.Text.Json.JsonElement chain) => $"{chain.Text("status")} {chain.TextAt("firstReason")}";
    }

    // As a superuser who goes round the triggers; what was there is kept in the row, to be put back.
    private async Task TamperAsync(string release, string meaning)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Server.Postgres!.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            set session_replication_role = replica;
            update mt_events set data = case when data ? 'meant'
              then jsonb_set(data, array['meaning'], {meaning}) - 'meant'
              else jsonb_set(data || jsonb_build_object('meant', data -> 'meaning'), array['meaning'], {meaning}) end
            where stream_id = 'release/{release}' and type = 'signed_off';
            set session_replication_role = origin
            """, connection);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}
