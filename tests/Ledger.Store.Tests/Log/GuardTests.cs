using Npgsql;

namespace Ledger.Store.Tests.Log;

/// <summary>An audit finds guards that somebody with every right took away, though nothing in the log was changed yet.</summary>
public sealed class GuardTests(FilledLedger ledger) : IClassFixture<FilledLedger>
{
    public static TheoryData<string, string> OpenedWays { get; } = new()
    {
        { "alter table mt_events disable trigger ledger_append_only", "trigger_disabled" },
        { "alter table mt_events disable trigger all", "trigger_disabled" },
        { "alter table ledger_seals enable replica trigger ledger_append_only", "trigger_disabled" },
        { "alter table ledger_idempotency disable trigger ledger_append_only", "trigger_disabled" },
        { "alter table mt_events disable trigger ledger_sealed", "trigger_disabled" },
        { "drop trigger ledger_append_only on ledger_tiles", "trigger_missing" },
        { "drop trigger ledger_append_only on mt_streams", "trigger_missing" },
        { "alter trigger ledger_append_only on ledger_evidence rename to other", "trigger_missing" },
        {
            "drop trigger ledger_append_only on mt_events; create trigger ledger_append_only before delete on mt_events for each statement execute function ledger_refuse_change()",
            "trigger_changed"
        },
        {
            "drop trigger ledger_append_only on mt_events; create trigger ledger_append_only before update or delete or truncate on mt_events for each statement when (false) execute function ledger_refuse_change()",
            "trigger_changed"
        },
        {
            "drop trigger ledger_append_only on mt_events; create trigger ledger_append_only before update of tenant_id or delete or truncate on mt_events for each statement execute function ledger_refuse_change()",
            "trigger_changed"
        },
        { "create or replace function ledger_refuse_change() returns trigger language plpgsql as $$begin return null; end$$", "trigger_changed" },
        { "grant update on mt_events to ledger_app", "grant_excessive" },
        { "grant update (data) on mt_events to ledger_app", "grant_excessive" },
        { "grant delete on ledger_seals to public", "grant_excessive" },
        { "grant truncate on ledger_tiles to ledger_app", "grant_excessive" },
        { "grant all on ledger_idempotency to ledger_app", "grant_excessive" },
        { "grant delete on ledger_evidence to ledger_app", "grant_excessive" },
        { "grant delete on mt_streams to ledger_app", "grant_excessive" },
        { "grant pg_write_all_data to ledger_app", "grant_excessive" },
        { "alter role ledger_app superuser", "grant_excessive" },
        { "alter table mt_events owner to ledger_app", "grant_excessive" },
        { "alter role ledger_app rename to other_app", "role_missing" },
        { "update ledger_migrations set sha256 = repeat('0', 64) where name = (select min(name) from ledger_migrations)", "migration_differs" },
        { "delete from ledger_migrations where name = (select max(name) from ledger_migrations)", "migration_missing" },
        { "insert into ledger_migrations (name, sha256) values ('9999-other.sql', repeat('0', 64))", "migration_unknown" },
        { "drop table ledger_migrations", "migration_missing" },
    };

    [Theory]
    [MemberData(nameof(OpenedWays))]
    public async Task A_way_into_the_log_is_found_and_no_event_blamed(string sql, string code)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var open = new NpgsqlCommand(sql, connection);
        await open.ExecuteNonQueryAsync();

        var report = await ledger.Auditor.RunAsync(connection, null, CancellationToken.None, isInTransaction: true);

        report.Sound.ShouldBeFalse();
        report.Problems.Select(problem => problem.Code).Distinct().ShouldHaveSingleItem().ShouldBe(code);
        report.FirstBad.ShouldBeNull();
    }
}
