using System.Text;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Store.Log;
using Ledger.Store.Log.Witnesses;
using Npgsql;

namespace Ledger.Store.Tests.Log.Witnesses;

public sealed class WitnessAuditTests(WitnessedLedger ledger) : IClassFixture<WitnessedLedger>
{
    private readonly Cosignatures _cosignatures = new(ledger.Database);
    private readonly CheckpointTimestamps _timestamps = new(ledger.Database);

    [Fact]
    public async Task A_checkpoint_carries_its_cosignatures_and_the_seal_the_log_s_signature_alone()
    {
        var witnessed = (await _cosignatures.NewestWitnessedAsync())!;

        Checkpoint.Verify(Encoding.UTF8.GetBytes(witnessed.Note), TestLedger.Origin, ledger.Key, [ledger.Witness.VerifierKey], out var verified).IsValid.ShouldBeTrue();
        verified!.Cosignatures.ShouldHaveSingleItem().UnixSeconds.ShouldBe(1_700_000_000);
        (await _cosignatures.LatestSizeAsync(ledger.Witness.VerifierKey)).ShouldBe(witnessed.Size);

        var newest = (await _cosignatures.NewestAsync())!;
        newest.Size.ShouldBeGreaterThan(witnessed.Size);
        Note.TryParse(Encoding.UTF8.GetBytes(newest.Note), out var note, out _).ShouldBeTrue();
        note!.Signatures.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_timestamp_is_found_by_its_size_and_by_being_the_newest()
    {
        var (checkpoint, token) = (await _timestamps.FindAsync())!.Value;
        checkpoint.Size.ShouldBe((await _cosignatures.NewestWitnessedAsync())!.Size);
        (await _timestamps.FindAsync(checkpoint.Size))!.Value.Token.ShouldBe(token);
        (await _timestamps.FindAsync(checkpoint.Size + 1)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_kept_first_stays()
    {
        var before = await _cosignatures.NewestWitnessedAsync();
        await ledger.WitnessAgainAsync(before!);
        (await _cosignatures.NewestWitnessedAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_audit_verifies_what_others_said_and_is_not_sound_where_it_cannot()
    {
        (await ledger.Auditor.RunAsync()).Problems.ShouldBeEmpty();

        var untrusting = await new Auditor(ledger.Database, ledger.Key, ledger.Kept).RunAsync();
        untrusting.Sound.ShouldBeFalse();
        untrusting.Problems.Select(problem => problem.Code).ShouldBe(["cosignature_invalid", "timestamp_invalid"]);
    }

    [Fact]
    public async Task A_cosignature_under_the_name_of_a_witness_by_another_key_is_found()
    {
        using var key = SigningKey.Generate();
        var impostor = new Cosigner(ledger.Witness.VerifierKey.Name, key);
        var trust = ledger.Trust with { Witnesses = [impostor.VerifierKey] };

        var report = await new Auditor(ledger.Database, ledger.Key, ledger.Kept, trust).RunAsync();

        report.Problems.ShouldHaveSingleItem().Code.ShouldBe("cosignature_invalid");
    }

    [Theory]
    [InlineData("update ledger_cosignatures set line = line")]
    [InlineData("delete from ledger_timestamps")]
    public async Task The_server_role_may_not_change_what_others_said(string statement)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await using var role = new NpgsqlCommand("set role ledger_app", connection);
        await role.ExecuteNonQueryAsync();
        await using var change = new NpgsqlCommand(statement, connection);

        (await Should.ThrowAsync<PostgresException>(() => change.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("update ledger_timestamps set token = token")]
    [InlineData("delete from ledger_cosignatures")]
    [InlineData("truncate ledger_cosignatures")]
    public async Task A_superuser_who_does_not_switch_the_triggers_off_is_refused_too(string statement)
    {
        await using var change = ledger.Database.CreateCommand(statement);

        (await Should.ThrowAsync<PostgresException>(() => change.ExecuteNonQueryAsync())).SqlState.ShouldBe("LG002");
    }
}

/// <summary>A small log of which one checkpoint, not the newest, was cosigned and timestamped.</summary>
public sealed class WitnessedLedger : TestLedger
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PublishAsync("standard", "Standard");
        await WitnessAsync();
        await OpenAsync(Release("shop", 1));
    }

    public async Task WitnessAgainAsync(SignedCheckpoint signed)
    {
        Checkpoint.Verify(Encoding.UTF8.GetBytes(signed.Note), Origin, Key, out var checkpoint).IsValid.ShouldBeTrue();
        await new Cosignatures(Database).AddAsync(signed.Size, Witness.VerifierKey, Witness.Cosign(checkpoint!, 1_800_000_000));
    }
}
