using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Statements;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Http;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Subscriptions;
using Ledger.Server.SignOffs;
using Ledger.Store.Append;
using Ledger.Store.Tokens;
using Ledger.Verifier.Chains;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Benchmarks;

/// <summary>
/// GraphQL over PostgreSQL, in the process: a page of 50 releases with their gates, sign-offs and the status of their chains, batched as it is served against
/// field by field, once by resolvers that verify anew and once by such that keep what the same rows came to, as the ledger does; and the first page of events
/// against one deep in the log.
/// </summary>
internal static class GraphQLStoreBenchmark
{
    private const int Releases = 50;
    private const int Runs = 40;
    private const string Page = "{ releases(first: 50) { nodes { name gates { name outcome } signOffs { name role } signOffChain { status } } } }";

    /// <summary>How many rare events there are, of each kind.</summary>
    private const int Rare = 200;

    // Each with how a cursor's question names it.
    private static readonly (string Name, string Filter, string Mark)[] Filters =
    [
        ("events", "", ""),
        ("events_of_frequent_type", "types: [GATE_REPORTED]", "types=[GATE_REPORTED,];"),
        ("events_of_rare_type", "types: [RELEASE_CLOSED]", "types=[RELEASE_CLOSED,];"),
        ("events_by_frequent_actor", "actor: \"benchmark\"", "actor=9:benchmark;"),
        ("events_by_rare_actor", "actor: \"seldom\"", "actor=6:seldom;"),
        ("events_of_frequent_service", "services: [\"fill\"]", "services=[4:fill,];"),
        ("events_of_rare_service", "services: [\"rare\"]", "services=[4:rare,];"),
        ("events_that_are_none", "types: [RELEASE_CLOSED], actor: \"benchmark\"", "types=[RELEASE_CLOSED,];actor=9:benchmark;"),
    ];

    private static readonly Actor Admin = new("benchmark", Role.Admin);
    private static readonly Actor Seldom = new("seldom", Role.Admin);
    private static readonly Actor Signing = new("signer", Role.Signer);

    public static async Task RunAsync(int events)
    {
        await using var ledger = await BenchmarkLedger.StartAsync();
        await SignedReleasesAsync(ledger);
        var chains = new ChainReader(ledger.Store);
        await using var follower = new LogFollower(ledger.Store, NullLogger<LogFollower>.Instance);
        using var desk = new ReadingDesk();
        var service = new GraphQLService(new GraphQLSettings(), new Sources(ledger.Store, chains, follower, desk, TimeProvider.System), NullLogger<GraphQLService>.Instance);
        var about = service.About(new Caller(new Token("benchmark", Role.Auditor, [Token.AllServices])), _ => new(true));
        await PageAsync(service, about, [OneByOneSchema.Create(ledger.Store, new ChainReader(ledger.Store, keptMax: 0), desk), OneByOneSchema.Create(ledger.Store, new ChainReader(ledger.Store), desk)]);

        await FillAsync(ledger, events);
        var size = await ledger.Store.Events.SizeAsync();
        Figures.Figure("graphql_log", size, "events");
        foreach (var (name, filter, mark) in Filters) await EventsAsync(service, about, name, filter, mark, size);
    }

    // Its first page, one in the middle of the log, the one before the end, and the same from the end; taken in turn.
    private static async Task EventsAsync(GraphQLService service, GraphQLRequest about, string name, string filter, string mark, long size)
    {
        var question = filter.Length == 0 ? "" : $", filter: {{ {filter} }}";
        var asked = mark.Length == 0 ? "" : $"filter={{{mark}}};";
        string After(long sequence) => CursorOf($"events{{{asked}orderBy=ASC;}}", sequence);
        string[] places =
        [
            $"events(first: 50{question})", $"events(first: 50, after: \"{After(size / 2)}\"{question})", $"events(first: 50, after: \"{After(size - 100)}\"{question})",
            $"events(last: 50{question})", $"events(last: 50, before: \"{After(size / 2)}\"{question})", $"events(last: 50, before: \"{After(size / 10)}\"{question})",
        ];
        string[] names = ["first", "middle", "last", "backward_first", "backward_middle", "backward_last"];
        var times = places.Select(_ => new List<double>()).ToList();
        var found = new int[places.Length];
        for (var run = 0; run < Runs * 3; run++)
        {
            for (var place = 0; place < places.Length; place++)
            {
                var (milliseconds, data) = await AskAsync(service.Executor, about, $"{{ {places[place]} {{ nodes {{ sequence type at leafHash }} pageInfo {{ endCursor }} }} }}");
                found[place] = data.GetProperty("events").GetProperty("nodes").GetArrayLength();
                if (run >= 20) times[place].Add(milliseconds);
            }
        }

        for (var place = 0; place < places.Length; place++)
        {
            Figures.Figure($"graphql_{name}_{names[place]}_page_p50", Median(times[place]), "ms");
            Figures.Figure($"graphql_{name}_{names[place]}_page_found", found[place], "events");
            if (place > 0) Figures.Ratio($"graphql_{name}_{names[place]}_over_first", Median(times[place]) / Median(times[0]));
        }

        var (counting, _) = await AskAsync(service.Executor, about, $"{{ events(first: 0{question}) {{ totalCount }} }}");
        Figures.Figure($"graphql_{name}_count", counting, "ms");
    }

    // Taken in turn, so that what else the machine does falls on all.
    private static async Task PageAsync(GraphQLService service, GraphQLRequest about, Schema[] oneByOne)
    {
        (GraphQLExecutor Executor, GraphQLRequest About)[] ways = [(service.Executor, about), .. oneByOne.Select(schema => (new GraphQLExecutor(schema, new ExecutorOptions { Cost = null }), new GraphQLRequest()))];
        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var run = 0; run < Runs + 10; run++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var (milliseconds, _) = await AskAsync(ways[way].Executor, ways[way].About, Page);
                if (run >= 10) times[way].Add(milliseconds);
            }
        }

        Figures.Figure("graphql_page_of_50_batched_p50", Median(times[0]), "ms");
        Figures.Figure("graphql_page_of_50_one_by_one_p50", Median(times[1]), "ms");
        Figures.Ratio("graphql_page_of_50_one_by_one_over_batched", Median(times[1]) / Median(times[0]));
        Figures.Figure("graphql_page_of_50_one_by_one_with_kept_reports_p50", Median(times[2]), "ms");
        Figures.Ratio("graphql_page_of_50_one_by_one_with_kept_reports_over_batched", Median(times[2]) / Median(times[0]));
    }

    private static double Median(List<double> times) => Figures.Median(times, time => time);

    private static async Task<(double Milliseconds, JsonElement Data)> AskAsync(GraphQLExecutor executor, GraphQLRequest about, string query)
    {
        var started = Stopwatch.GetTimestamp();
        using var result = await executor.ExecuteAsync(about with { Document = Encoding.UTF8.GetBytes(query) });
        var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return result.Errors.IsEmpty ? (taken, JsonElement.Parse(result.Json.Span).GetProperty("data")) : throw new InvalidOperationException(Encoding.UTF8.GetString(result.Json.Span));
    }

    // A page is entered as by a client who has paged there: by the cursor of the event before it.
    private static string CursorOf(string question, long sequence) => Server.GraphQL.Paging.Cursor.Write(question, $"{sequence}", "0");

    private static async Task FillAsync(BenchmarkLedger ledger, int events)
    {
        var releases = Enumerable.Range(0, 256).Select(i => ReleaseId.TryCreate("fill", $"v{i}")!).ToArray();
        foreach (var release in releases) await ledger.OpenAsync(release);
        var appended = 0;
        await Task.WhenAll(releases.Select(release => Task.Run(async () =>
        {
            int mine;
            while ((mine = Interlocked.Increment(ref appended)) <= events)
            {
                await ledger.ReportAsync(release, mine, mine);
                if (mine % (events / Rare) == 0) await RareAsync(ledger, mine);
            }
        })));
    }

    // Now and then somebody who does little else opens and closes a release of a service that has few.
    private static async Task RareAsync(BenchmarkLedger ledger, int number)
    {
        var release = ReleaseId.TryCreate("rare", $"v{number}")!;
        await ledger.OpenAsync(release, actor: Seldom);
        await ledger.AppendAsync(new ReleaseCommand.Close(release, CloseOutcome.Abandoned, "rare"), actor: Seldom);
    }

    // Twelve gates, and six people who sign in two stages.
    private static async Task SignedReleasesAsync(BenchmarkLedger ledger)
    {
        var people = Enumerable.Range(0, 6).Select(i => (Id: $"person{i}", Role: $"role-{i}", Key: SigningKey.Generate(KeyAlgorithm.EcdsaP256))).ToList();
        foreach (var (id, role, key) in people)
        {
            await ledger.AppendAsync(new SignerCommand.Enrol(id, $"Person {id}", [role], [], new SignerKey(
                Digest.Of(Convert.FromHexString(key.PublicKey.KeyId)), KeyAlgorithmName.Of(key.Algorithm), Convert.ToBase64String(key.PublicKey.Spki.Span))));
        }

        var policy = await ledger.PublishSignedPolicyAsync([.. people.Select(person => person.Role)]);
        for (var i = 0; i < Releases; i++)
        {
            var release = ReleaseId.TryCreate("signed", $"v{i}")!;
            await ledger.OpenAsync(release, policy);
            for (var gate = 0; gate < 12; gate++) await ledger.ReportAsync(release, gate, 100);
            foreach (var (id, role, key) in people) await SignAsync(ledger, release, id, role, key);
        }
    }

    private static async Task SignAsync(BenchmarkLedger ledger, ReleaseId release, string id, string role, SigningKey key)
    {
        var store = ledger.Store;
        var view = (await store.Releases.FindAsync(release))!;
        var head = (await store.Events.FindAsync(view.State.Last.Sequence))!;
        var standing = view.Standing();
        var predicate = new SignOffPredicate(
            store.Origin, release.ToString(), role is "role-5" ? "final" : "technical", role, new SignerReference(id, $"Person {id}"), SignOffChoice.Approve, "I have read the evidence.",
            new StreamSeen(head.Version, Digest.Of(head.LeafHash().Bytes)), view.State.Opened.Policy, new GoNoGoSeen(standing.Verdict, standing.At, GoNoGoDigest.Of(standing)),
            DateTimeOffset.UtcNow, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), view.State.Facts.SignOffs is [.., var last] ? last.Statement : null);
        var envelope = Envelope.Sign(Statement.PayloadType, SignOffStatement.Build(predicate, view.State.Opened.Artifacts), key).ToBytes();
        if (SubmittedSignOff.Read(envelope, out var submitted) is { } unreadable) throw new InvalidOperationException(unreadable.Message);
        if (submitted!.Open(await store.Signers.FindAsync(id), out var signed) is { } refused) throw new InvalidOperationException(refused.Message);
        if (await store.SubmitAsync(new Submission(Signing, new ReleaseCommand.SignOff(release, signed!))) is not AppendResult.Appended) throw new InvalidOperationException("not signed");
    }
}
