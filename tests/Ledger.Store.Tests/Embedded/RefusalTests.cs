using Ledger.Store.Embedded;

namespace Ledger.Store.Tests.Embedded;

public sealed class RefusalTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Missing_binaries_are_said_with_the_places_searched_and_what_to_install()
    {
        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => PostgresBinaries.ChooseAsync([_folder.Root], "PATH, /usr/lib/postgresql/*/bin; LEDGER_PG_BIN is not set", clusterMajor: null, default));

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.BinariesNotFound);
        refused.Message.ShouldContain("PATH, /usr/lib/postgresql/*/bin; LEDGER_PG_BIN is not set");
        refused.Hint!.ShouldContain("apt-get install postgresql");
    }

    [Fact]
    public async Task A_named_directory_without_binaries_is_refused_even_where_others_would_do()
    {
        var refused = await RefusedAsync(new() { DataDirectory = _folder.Path, BinariesDirectory = _folder.Root });

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.BinariesNotFound);
        refused.Message.ShouldContain(_folder.Root);
    }

    [Theory]
    [InlineData("13.9", EmbeddedPostgresFailure.BinariesNotFound)]
    [InlineData("14.0", null)]
    [InlineData("18beta1", null)]
    public async Task Version_14_is_the_oldest(string version, EmbeddedPostgresFailure? failure)
    {
        var place = Install("bin", version);

        if (failure is null) (await PostgresBinaries.ChooseAsync([place], "there", null, default)).Version.ShouldBe(version);
        else (await Should.ThrowAsync<EmbeddedPostgresException>(() => PostgresBinaries.ChooseAsync([place], "there", null, default))).Failure.ShouldBe(failure.Value);
    }

    [Fact]
    public async Task The_highest_version_makes_a_new_cluster_and_the_same_version_runs_an_old_one()
    {
        string[] places = [Install("a", "15.4"), Install("b", "17.1"), Install("c", "16.2")];

        (await PostgresBinaries.ChooseAsync(places, "there", clusterMajor: null, default)).Major.ShouldBe(17);
        (await PostgresBinaries.ChooseAsync(places, "there", clusterMajor: 15, default)).Major.ShouldBe(15);
    }

    [Fact]
    public async Task A_cluster_of_a_version_that_is_not_installed_is_left_alone()
    {
        await (await EmbeddedPostgres.StartAsync(new() { DataDirectory = _folder.Path })).DisposeAsync();
        File.WriteAllText(Path.Combine(_folder.Path, "cluster", "PG_VERSION"), "12\n");

        var refused = await RefusedAsync(new() { DataDirectory = _folder.Path });

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.VersionMismatch);
        refused.Message.ShouldContain("PostgreSQL 12");
        refused.Hint!.ShouldContain("pg_upgrade");
    }

    [Fact]
    public async Task A_lost_password_is_said_and_the_cluster_left_alone()
    {
        await (await EmbeddedPostgres.StartAsync(new() { DataDirectory = _folder.Path })).DisposeAsync();
        File.Delete(Path.Combine(_folder.Path, "superuser.password"));

        var refused = await RefusedAsync(new() { DataDirectory = _folder.Path });

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.DirectoryNotUsable);
        refused.Message.ShouldContain("superuser.password");
        Directory.Exists(Path.Combine(_folder.Path, "cluster", "base")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_start_that_crashes_carries_PostgreSQL_s_own_words_and_lets_go_of_the_folder()
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = _folder.Path };

        var refused = await RefusedAsync(options with { ExtraSettings = new Dictionary<string, string> { ["shared_buffers"] = "a lot" } });

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.StartFailed);
        refused.Message.ShouldContain("invalid value for parameter \"shared_buffers\": \"a lot\"");
        await using var postgres = await EmbeddedPostgres.StartAsync(options);
    }

    [Fact]
    public async Task A_start_that_takes_too_long_is_stopped()
    {
        var refused = await RefusedAsync(new() { DataDirectory = _folder.Path, StartTimeout = TimeSpan.FromMilliseconds(1) });

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.StartFailed);
        refused.Message.ShouldContain("not ready within");
    }

    [Fact]
    public async Task A_file_where_the_folder_should_be_is_refused()
    {
        File.WriteAllText(_folder.Path, "");

        (await RefusedAsync(new() { DataDirectory = _folder.Path })).Failure.ShouldBe(EmbeddedPostgresFailure.DirectoryNotUsable);
    }

    [Fact]
    public async Task Somebody_else_s_cluster_is_not_taken_for_a_folder_of_ours()
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(Path.Combine(_folder.Path, "PG_VERSION"), "15\n");

        var refused = await RefusedAsync(new() { DataDirectory = _folder.Path });

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.DirectoryNotUsable);
        refused.Message.ShouldContain("itself a cluster");
    }

    [Theory]
    [InlineData("FATAL:  could not write to file \"pg_wal/xlogtemp.7\": No space left on device", EmbeddedPostgresFailure.DiskFull)]
    [InlineData("FATAL:  could not extend file \"base/1/2691\": wrote only 4096 of 8192 bytes at block 19\nHINT:  Check free disk space.", EmbeddedPostgresFailure.DiskFull)]
    [InlineData("PANIC:  could not write to file: Disk quota exceeded", EmbeddedPostgresFailure.DiskFull)]
    [InlineData("FATAL:  could not map anonymous shared memory: Cannot allocate memory", EmbeddedPostgresFailure.StartFailed)]
    public void A_full_disk_is_told_apart(string output, EmbeddedPostgresFailure failure) =>
        EmbeddedPostgresException.FromOutput("PostgreSQL ended", output).Failure.ShouldBe(failure);

    public void Dispose() => _folder.Dispose();

    private static Task<EmbeddedPostgresException> RefusedAsync(EmbeddedPostgresOptions options) =>
        Should.ThrowAsync<EmbeddedPostgresException>(() => EmbeddedPostgres.StartAsync(options));

    private string Install(string name, string version)
    {
        var place = Path.Combine(_folder.Root, name);
        Directory.CreateDirectory(place);
        foreach (var program in new[] { "postgres", "initdb" })
        {
            var file = Path.Combine(place, program);
            File.WriteAllText(file, $"#!/bin/sh\necho 'postgres (PostgreSQL) {version} (Somewhere)'\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return place;
    }
}
