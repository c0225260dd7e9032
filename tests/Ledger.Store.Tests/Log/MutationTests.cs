using System.Globalization;
using Ledger.Store.Log;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Store.Tests.Log;

/// <summary>Whatever somebody with every right does to one row, an audit finds it and names the first bad leaf.</summary>
public sealed class MutationTests(FilledLedger ledger, ITestOutputHelper output) : IClassFixture<FilledLedger>
{
    // So many each time, with another seed; as many as one likes by LEDGER_TEST_MUTATIONS.
    private const int RandomMutations = 250;

    [Fact]
    public async Task Every_mutation_is_found_and_the_first_bad_event_named()
    {
        var seed = Given("LEDGER_TEST_SEED") ?? Random.Shared.Next();
        output.WriteLine($"LEDGER_TEST_SEED={seed}");
        await using var connection = await ledger.Database.OpenConnectionAsync();
        var auditor = ledger.Auditor;
        var sound = await auditor.RunAsync();
        sound.Problems.ShouldBeEmpty();

        var mutations = new Mutations(connection, new Random(seed), sound.TreeSize);
        var all = (await mutations.EachOnceAsync()).ToList();
        for (var i = Given("LEDGER_TEST_MUTATIONS") ?? RandomMutations; i > 0; i--) all.Add(await mutations.NextAsync());

        var missed = new List<string>();
        foreach (var mutation in all)
        {
            var report = await AuditAsync(auditor, connection, mutation);
            if (report.Sound) missed.Add($"not found: {mutation.Sql}");
            else if (mutation.FirstBad is { } sequence && report.FirstBad?.Sequence != sequence)
                missed.Add($"event {sequence} not named, but {report.FirstBad}: {mutation.Sql}");
        }

        output.WriteLine($"{all.Count} mutations");
        missed.ShouldBeEmpty($"seed {seed}");
        (await auditor.RunAsync()).Sound.ShouldBeTrue();
    }

    private static int? Given(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<AuditReport> AuditAsync(Auditor auditor, NpgsqlConnection connection, Mutation mutation)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var bypass = new NpgsqlCommand("set local session_replication_role = replica", connection);
        await bypass.ExecuteNonQueryAsync();
        await using var mutate = new NpgsqlCommand(mutation.Sql, connection);
        await Should.NotThrowAsync(mutate.ExecuteNonQueryAsync(), mutation.Sql);
        return await auditor.RunAsync(connection, null, CancellationToken.None, isInTransaction: true);
    }
}
