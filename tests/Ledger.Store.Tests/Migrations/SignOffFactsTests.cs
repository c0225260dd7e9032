using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Store.Log;
using Ledger.Store.Migrations;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.Log;

namespace Ledger.Store.Tests.Migrations;

/// <summary><c>0006_sign_off_facts.sql</c>: releases that were projected before there were sign-offs.</summary>
public class SignOffFactsTests
{
    private const string File = "0006_sign_off_facts.sql";

    private const string Opened = """
        {"opened":{"service":"shop","version":"1.0","commit":"98ee13c0","artifacts":[],"environment":"production","policy":{"name":"web","version":1,"digest":"sha256:1111111111111111111111111111111111111111111111111111111111111111"}},
         "openedBy":{"sequence":1,"version":1},"openedAt":"2026-01-31T12:00:00.000000Z"}
        """;

    public sealed class OnADatabaseOfTheBuildBefore(PostgresFixture postgres) : IClassFixture<PostgresFixture>
    {
        [Fact]
        public async Task Who_opened_and_who_reported_is_taken_from_the_events_and_a_release_without_reports_has_no_reporters()
        {
            await ApplyBeforeAsync(postgres.ConnectionString);
            await ThrowawayCluster.ExecuteAsync(postgres.ConnectionString, $$"""
                set session_replication_role = replica;
                insert into mt_streams (id, version) values ('release/shop/1.0', 7), ('release/shop/2.0', 1);
                insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers)
                select seq, gen_random_uuid(), stream, version, '{}', type, now(), jsonb_build_object('actor', jsonb_build_object('id', actor, 'role', 'ci'), 'prev', null)
                from (values
                  (1, 'release/shop/1.0', 1, 'release_opened', 'olga'),
                  (2, 'release/shop/1.0', 2, 'gate_reported', 'ci'),
                  (3, 'release/shop/2.0', 1, 'release_opened', 'pia'),
                  (4, 'release/shop/1.0', 3, 'gate_attested', 'Zoe'),
                  (5, 'release/shop/1.0', 4, 'gate_reported', 'ci'),
                  (6, 'release/shop/1.0', 5, 'gate_attested', 'ärzte'),
                  (7, 'release/shop/1.0', 6, 'gate_waived', 'wanda'),
                  (8, 'release/shop/1.0', 7, 'release_closed', 'carl')) as happened (seq, stream, version, type, actor);
                insert into ledger_releases (stream_id, opened_sequence, service, facts) values
                  ('release/shop/1.0', 1, 'shop', '{{Opened}}'), ('release/shop/2.0', 3, 'shop', '{{Opened}}')
                """);

            (await Migrator.ApplyAsync(postgres.ConnectionString))[0].ShouldBe(File);

            var first = await FactsAsync("release/shop/1.0");
            first.Opener.ShouldBe("olga");
            first.Reporters.ShouldBe(["Zoe", "ci", "ärzte"], "ordinal, as the fold keeps them");
            first.SignOffs.ShouldBeEmpty();
            (first.Opened.Commit, first.OpenedBy.Sequence).ShouldBe(("98ee13c0", 1L), "what was there is kept");

            var second = await FactsAsync("release/shop/2.0");
            second.Opener.ShouldBe("pia");
            second.Reporters.ShouldBeEmpty();
        }

        private async Task<Domain.Releases.ReleaseFacts> FactsAsync(string stream) => JsonSerializer.Deserialize(
            (await Machine.AskAsync(postgres.ConnectionString, $"select facts from ledger_releases where stream_id = '{stream}'"))!, DomainJson.Default.ReleaseFacts)!;
    }

    public sealed class OnALogOfSeveralHundredEvents(FilledLedger ledger) : IClassFixture<FilledLedger>
    {
        [Fact]
        public async Task The_rows_of_the_build_before_come_to_what_a_replay_comes_to()
        {
            await using (var command = ledger.Database.CreateCommand(
                $"update ledger_releases set facts = facts - 'opener' - 'reporters' - 'signOffs' where facts->'signOffs' = '[]'; delete from ledger_migrations where name = '{File}'"))
            {
                await command.ExecuteNonQueryAsync();
            }

            (await AuditAsync()).Problems.ShouldContain(problem => problem.Code == "release_differs");
            (await Migrator.ApplyAsync(ledger.ConnectionString)).ShouldBe([File]);
            (await AuditAsync()).Problems.ShouldBeEmpty();
        }

        private Task<AuditReport> AuditAsync() => ledger.Auditor.RunAsync();
    }

    /// <summary>Applies the schema as the build before did: every file up to this one.</summary>
    private static async Task ApplyBeforeAsync(string connectionString)
    {
        await ThrowawayCluster.ExecuteAsync(connectionString, "create table ledger_migrations (name text not null primary key, sha256 text not null, applied_at timestamptz not null default now())");
        var store = typeof(Migrator).Assembly;
        foreach (var name in store.GetManifestResourceNames().Where(name => string.CompareOrdinal(name, File) < 0 && name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var sql = Read(store, name);
            await ThrowawayCluster.ExecuteAsync(connectionString, sql);
            await ThrowawayCluster.ExecuteAsync(connectionString, $"insert into ledger_migrations (name, sha256) values ('{name}', '{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))}')");
        }
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
