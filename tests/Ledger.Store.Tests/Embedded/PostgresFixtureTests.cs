using Npgsql;

namespace Ledger.Store.Tests.Embedded;

public sealed class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Each_database_is_empty_and_apart_from_the_others()
    {
        await ThrowawayCluster.ExecuteAsync(postgres.ConnectionString, "CREATE TABLE here (id int)");
        var other = await postgres.CreateDatabaseAsync();

        await Should.ThrowAsync<PostgresException>(() => ThrowawayCluster.ExecuteAsync(other, "SELECT * FROM here"));
    }

    [Fact]
    public async Task The_cluster_is_durable_as_in_production()
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("SELECT current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes')");

        (await command.ExecuteScalarAsync()).ShouldBe("ononon");
    }
}
