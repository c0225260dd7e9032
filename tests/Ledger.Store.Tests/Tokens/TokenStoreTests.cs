using Ledger.Domain.Actors;
using Ledger.Integrity;
using Ledger.Store.Migrations;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tokens;
using Npgsql;

namespace Ledger.Store.Tests.Tokens;

public sealed class TokenStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private NpgsqlDataSource _database = null!;
    private TokenStore _tokens = null!;

    public async Task InitializeAsync()
    {
        await Migrator.ApplyAsync(postgres.ConnectionString);
        _database = NpgsqlDataSource.Create(postgres.ConnectionString);
        _tokens = new TokenStore(_database, _clock);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_token_is_known_by_its_text_alone()
    {
        var made = await _tokens.CreateAsync("ci-pipeline", Role.Ci, ["shop", "search"]);

        var (standing, token) = await _tokens.CheckAsync(made.Text);

        standing.ShouldBe(TokenStanding.Good);
        token.ShouldNotBeNull().Subject.ShouldBe("ci-pipeline");
        (token.Role, token.ExpiresAt, token.RevokedAt).ShouldBe((Role.Ci, null, null));
        token.Services.ShouldBe(["shop", "search"]);
        made.Text.ShouldMatch(@"\Aldg_[A-Za-z0-9_-]{43}\z");
    }

    [Fact]
    public async Task Neither_the_database_nor_a_log_line_holds_the_text()
    {
        var made = await _tokens.CreateAsync("secret-holder", Role.Admin, [Token.AllServices]);

        await using var command = _database.CreateCommand("select string_agg(t::text, ' ') from ledger_tokens t");
        ((string)(await command.ExecuteScalarAsync())!).ShouldNotContain(made.Text[4..]);
        made.ToString().ShouldNotContain(made.Text[4..]);
    }

    [Fact]
    public async Task No_two_tokens_are_alike()
    {
        var texts = Enumerable.Range(0, 1000).Select(_ => TokenText.Create()).ToList();

        texts.Distinct().Count().ShouldBe(texts.Count);
        (await _tokens.CheckAsync(texts[0])).ShouldBe((TokenStanding.Unknown, null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ldg_")]
    [InlineData("LDG_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ldg_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("ldg_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("ldg_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ldg_ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_not_the_text_of_a_token_is_unknown(string? text) => (await _tokens.CheckAsync(text)).ShouldBe((TokenStanding.Unknown, null));

    [Fact]
    public async Task A_token_ends_at_its_end_by_the_given_clock_even_while_it_is_remembered()
    {
        var made = await _tokens.CreateAsync("short", Role.Auditor, ["*"], _clock.GetUtcNow().AddSeconds(2));

        (await _tokens.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Good);
        _clock.Move(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        (await _tokens.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Good);
        _clock.Move(TimeSpan.FromTicks(1));
        (await _tokens.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Expired);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_here_at_once_and_elsewhere_within_five_seconds()
    {
        var elsewhere = new TokenStore(_database, _clock);
        var made = await _tokens.CreateAsync("gone", Role.Signer, ["*"]);
        (await elsewhere.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Good);
        (await _tokens.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Good);

        (await _tokens.RevokeAsync(made.Hash)).ShouldBeTrue();

        (await _tokens.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Revoked);
        (await elsewhere.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Good);
        _clock.Move(TokenStore.CachedFor);
        (await elsewhere.CheckAsync(made.Text)).Standing.ShouldBe(TokenStanding.Revoked);
    }

    [Fact]
    public async Task Revoking_again_keeps_the_first_time()
    {
        var made = await _tokens.CreateAsync("twice", Role.Signer, ["*"]);
        var first = _clock.GetUtcNow();
        await _tokens.RevokeAsync(made.Hash);
        _clock.Move(TimeSpan.FromMinutes(1));
        await _tokens.RevokeAsync(made.Hash);

        (await _tokens.FindAsync(made.Hash)).ShouldNotBeNull().RevokedAt.ShouldBe(first);
        (await _tokens.RevokeAsync(Hash.Sha256("unknown"u8))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_that_was_made_elsewhere_is_stored_once()
    {
        TokenText.TryHash(TokenText.Create(), out var hash).ShouldBeTrue();

        (await _tokens.AddAsync(new Token("first", Role.Admin, ["*"]), hash)).ShouldBeTrue();
        (await _tokens.AddAsync(new Token("second", Role.Admin, ["*"]), hash)).ShouldBeFalse();

        (await _tokens.FindAsync(hash)).ShouldNotBeNull().Subject.ShouldBe("first");
    }

    [Theory]
    [InlineData("", "*")]
    [InlineData(" ", "*")]
    [InlineData("somebody", null)]
    public async Task A_token_without_subject_or_services_is_refused(string subject, string? service) =>
        await Should.ThrowAsync<ArgumentException>(() => _tokens.CreateAsync(subject, Role.Ci, service is null ? [] : [service]));

    [Fact]
    public async Task A_token_is_for_its_services_only()
    {
        var scoped = (await _tokens.CreateAsync("scoped", Role.Ci, ["shop"])).Token;

        scoped.Covers("shop").ShouldBeTrue();
        scoped.Covers("search").ShouldBeFalse();
        (scoped with { Services = ["*"] }).Covers("search").ShouldBeTrue();
    }

    [Fact]
    public async Task More_tokens_than_are_remembered_are_still_known()
    {
        var made = new List<NewToken>();
        for (var i = 0; i < 1100; i++) made.Add(await _tokens.CreateAsync($"many-{i}", Role.Ci, ["*"]));

        foreach (var token in made) (await _tokens.CheckAsync(token.Text)).Standing.ShouldBe(TokenStanding.Good);
    }
}
