using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Ledger.Server.Outbound;
using Ledger.Server.Tests.Witnesses;
using Ledger.Server.Webhooks;

namespace Ledger.Server.Tests.Webhooks;

[Collection(ServerCollection.Name)]
public sealed class DeliveryTests(RunningServer server) : IAsyncLifetime
{
    private readonly string _service = $"hooks-{Guid.NewGuid():N}";
    private TestReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await TestReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        _receiver.Wrong.ShouldBeEmpty();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_receiver_is_told_of_every_event_of_a_release_once_and_in_order()
    {
        await using var node = await Node.StartAsync(server, _receiver.Setting(_service));
        var releases = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OpenAsync()));
        await Task.WhenAll(releases.Select(release => AttestAsync(release, 10)));
        await TakenAsync(55);

        ShouldBeInOrder(_receiver.Arrived);
        _receiver.Arrived.Select(message => message.Id).Distinct().Count().ShouldBe(55);
    }

    [Fact]
    public async Task A_message_is_a_CloudEvent_with_the_event_as_the_log_has_it()
    {
        await using var node = await Node.StartAsync(server, _receiver.Setting(_service, events: ["gate_attested"]));
        var release = await OpenAsync();
        await AttestAsync(release, 1);
        await TakenAsync(1);

        var message = _receiver.Taken.Single();
        var told = message.Event;
        var data = told.GetProperty("data");
        var history = (await (await server.Client().GetAsync($"{release}/history")).JsonAsync()).GetProperty("events")[1];
        told.EnumerateObject().Select(member => member.Name).ShouldBe(["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"]);
        (told.Text("specversion"), told.Text("type"), told.Text("datacontenttype")).ShouldBe(("1.0", "dev.ledger.gate_attested", "application/json"));
        (told.Text("id"), told.Text("time"), message.Id).ShouldBe((history.Text("id"), history.Text("at"), history.Text("id")));
        (told.Text("source"), told.Text("subject")).ShouldBe((server.Server.Store.Origin, release["v1/releases/".Length..]));
        (data.Text("leafHash"), data.GetProperty("leafIndex").GetInt64() + 1, data.GetProperty("version").GetInt64())
            .ShouldBe((history.Text("leafHash"), history.GetProperty("sequence").GetInt64(), 2));
        JsonElement.DeepEquals(data.GetProperty("event"), history.GetProperty("data")).ShouldBeTrue();
        JsonElement.DeepEquals(data.GetProperty("actor"), history.GetProperty("actor")).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_wants_some_events_of_some_services_gets_those()
    {
        await using var everything = await TestReceiver.StartAsync();
        await using var node = await Node.StartAsync(server, _receiver.Setting(_service, events: ["release_closed"]), everything.Setting());
        var ours = await OpenAsync();
        var theirs = await server.OpenAsync($"{_service}-other");
        await AttestAsync(ours, 2);
        foreach (var release in (string[])[theirs, ours])
            (await server.Client().PostJsonAsync($"{release}/close", """{"outcome":"failed","reason":"over"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await server.PublishAsync(RunningServer.Policy.Replace("name: standard", $"name: {_service}", StringComparison.Ordinal));

        await TakenAsync(1);
        await UntilAsync(() => everything.Taken.Count >= 7);
        _receiver.Arrived.Single().Event.Text("type").ShouldBe("dev.ledger.release_closed");
        var published = everything.Taken.Single(message => message.Event.Text("type") == "dev.ledger.policy_published");
        (published.Subject, published.Version).ShouldBe(($"policy/{_service}", 1));
        everything.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_is_passed_by_though_it_was_due()
    {
        _receiver.Status = (_, _) => Task.FromResult(500);
        await using (await Node.StartAsync(server, _receiver.Setting(_service)))
        {
            var release = await OpenAsync();
            await AttestAsync(release, 1);
            (await server.Client().PostJsonAsync($"{release}/close", """{"outcome":"failed","reason":"over"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
            await UntilAsync(() => !_receiver.Arrived.IsEmpty);
        }

        _receiver.Arrived.Clear();
        _receiver.Status = (_, _) => Task.FromResult(204);
        await using var node = await Node.StartAsync(server, _receiver.Setting(_service, events: ["release_closed"]));
        await TakenAsync(1);
        _receiver.Arrived.ShouldHaveSingleItem().Event.Text("type").ShouldBe("dev.ledger.release_closed");
    }

    [Fact]
    public async Task A_release_s_500_for_an_hour_keeps_nobody_else_waiting_and_loses_nothing()
    {
        var clock = new FastClock(400);
        var timing = WebhookTiming.Default with { Poll = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromHours(1) };
        await using var other = await TestReceiver.StartAsync();
        await using var node = await Node.StartAsync(server.Server.Store, timing, clock, null, _receiver.Setting(_service), other.Setting(_service));
        var broken = await OpenAsync();
        var subject = broken["v1/releases/".Length..];
        var until = clock.GetUtcNow().AddHours(1);
        var othersAreThrough = false; // whatever the machine does meanwhile
        _receiver.Status = (message, _) => Task.FromResult(message.Subject == subject && (!Volatile.Read(ref othersAreThrough) || clock.GetUtcNow() < until) ? 500 : 204);
        await AttestAsync(broken, 3);
        var healthy = await OpenAsync();
        await AttestAsync(healthy, 3);

        await UntilAsync(() => _receiver.Taken.Count == 4 && other.Taken.Count == 8);
        _receiver.Arrived.Where(message => message.Subject == subject).ShouldAllBe(message => message.Version == 1);
        Volatile.Write(ref othersAreThrough, true);

        await UntilAsync(() => _receiver.Taken.Count == 8);
        clock.GetUtcNow().ShouldBeGreaterThan(until);
        ShouldBeInOrder(_receiver.Taken);
        _receiver.Taken.Select(message => message.Id).Distinct().Count().ShouldBe(8);
        _receiver.Arrived.Count(message => message.Subject == subject).ShouldBeInRange(10, 24); // it waited longer each time
        foreach (var attempts in _receiver.Arrived.GroupBy(message => message.Id)) attempts.ShouldAllBe(message => message.Body.SequenceEqual(attempts.First().Body));
        (await server.Server.Store.DeadLetters.ListAsync(_receiver.Name, 0, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_asks_for_time_is_left_alone_for_so_long()
    {
        var asked = TimeSpan.FromSeconds(2);
        var refused = 0L;
        var again = 0L;
        _receiver.Status = (_, http) =>
        {
            if (Interlocked.CompareExchange(ref refused, Stopwatch.GetTimestamp(), 0) != 0)
            {
                Interlocked.CompareExchange(ref again, Stopwatch.GetTimestamp(), 0);
                return Task.FromResult(204);
            }

            http.Response.Headers.RetryAfter = "2";
            return Task.FromResult(429);
        };
        await using var node = await Node.StartAsync(server.Server.Store, Node.Quick with { LongestWait = TimeSpan.FromMinutes(1) }, TimeProvider.System, null, _receiver.Setting(_service));
        await OpenAsync();
        await TakenAsync(1);

        // By its own reckoning the ledger would have come back after 20 milliseconds. The two clocks are one machine's.
        Stopwatch.GetElapsedTime(refused, again).ShouldBeGreaterThan(asked - TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(1, 30, 30)]
    [InlineData(6, 30, 32)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 86_400, 600)]
    [InlineData(40, null, 600)]
    public void A_wait_is_the_longer_of_what_the_receiver_asks_and_the_ledger_s_own_up_to_the_longest(int attempts, int? askedSeconds, double seconds) =>
        WebhookTiming.Default.WaitAfter(attempts, 0, askedSeconds is { } asked ? TimeSpan.FromSeconds(asked) : null).TotalSeconds.ShouldBe(seconds);

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_for_a_while_and_the_other_releases_go_on()
    {
        var hang = true;
        _receiver.Status = async (message, http) =>
        {
            if (hang && message.Version == 1 && message.Subject.EndsWith('1')) await Task.Delay(Timeout.Infinite, http.RequestAborted);
            return 204;
        };
        await using var node = await Node.StartAsync(server.Server.Store, Node.Quick with { Patience = TimeSpan.FromMilliseconds(500) }, TimeProvider.System, null, _receiver.Setting(_service));
        var hanging = await OpenAsync();
        while (!hanging.EndsWith('1')) hanging = await OpenAsync();
        await TakenAsync(_receiver.Arrived.Count(message => !message.Subject.EndsWith('1')));
        var before = _receiver.Taken.Count;
        var healthy = await OpenAsync();
        await AttestAsync(healthy, 5);
        await UntilAsync(() => _receiver.Taken.Count(message => healthy.EndsWith(message.Subject, StringComparison.Ordinal)) == 6);
        _receiver.Taken.ShouldAllBe(message => !hanging.EndsWith(message.Subject, StringComparison.Ordinal));

        hang = false;
        await UntilAsync(() => _receiver.Taken.Any(message => hanging.EndsWith(message.Subject, StringComparison.Ordinal)));
        ShouldBeInOrder(_receiver.Taken);
        _receiver.Taken.Count.ShouldBeGreaterThan(before);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var inside = await OutsideWorld.StartAsync();
        _receiver.Status = (_, http) =>
        {
            http.Response.Headers.Location = new Uri(inside.Address, "/latest/meta-data/").ToString();
            return Task.FromResult(status);
        };
        await using var node = await Node.StartAsync(server, _receiver.Setting(_service, attempts: 2));
        await OpenAsync();
        var letter = await LetterAsync();
        (letter.Status, letter.Attempts).ShouldBe((status, 2));
        inside.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("169.254.169.254", "the address 169.254.169.254 is one that is never connected to")]
    [InlineData("::ffff:127.0.0.1", "the address ::ffff:127.0.0.1 is one that is never connected to")]
    [InlineData("127.0.0.1", "the address 127.0.0.1 is not public: set AllowPrivate if that is what it should be")]
    public async Task A_name_that_means_an_address_inside_is_not_connected_to(string address, string problem)
    {
        var dialled = 0;
        var dialler = new Dialler((_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }), (_, _) => throw new InvalidOperationException($"dialled {++dialled}"));
        var setting = _receiver.Setting(_service, attempts: 2) with { Url = new Uri("https://hooks.example/"), Rule = AddressRule.PublicOnly };
        await using var node = await Node.StartAsync(server.Server.Store, Node.Quick, TimeProvider.System, dialler, setting);
        await OpenAsync();
        var letter = await LetterAsync();
        (letter.Problem, letter.Status, letter.Attempts, dialled).ShouldBe((problem, null, 2, 0));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_believed()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=localhost", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        await using var pretender = await OutsideWorld.StartAsync(certificate);
        var setting = _receiver.Setting(_service, attempts: 2) with { Url = new UriBuilder(pretender.Address) { Host = "localhost" }.Uri, Rule = AddressRule.AlsoPrivate };
        setting.Url.Scheme.ShouldBe("https");
        await using var node = await Node.StartAsync(server, setting);
        await OpenAsync();
        (await LetterAsync()).Problem.ShouldBe("its certificate is not one that is trusted for its name");
        pretender.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_sent_and_what_waits_is_measured()
    {
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Ledger.Server" && instrument.Name.StartsWith("ledger.webhook.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.Start();
        _receiver.Status = (message, _) => Task.FromResult(message.Version == 1 ? 204 : 500);
        await using var node = await Node.StartAsync(server.Server.Store, Node.Quick with { Lease = TimeSpan.FromSeconds(6), FirstWait = TimeSpan.FromMinutes(1), LongestWait = TimeSpan.FromMinutes(1) }, TimeProvider.System, null, _receiver.Setting(_service));
        await AttestAsync(await OpenAsync(), 1);

        await UntilAsync(() =>
        {
            listener.RecordObservableInstruments();
            return seen.GetValueOrDefault("ledger.webhook.retrying") == 1 && seen.GetValueOrDefault("ledger.webhook.lag") == 1 && seen.GetValueOrDefault("ledger.webhook.lag_time") > 0;
        });
        (seen["ledger.webhook.attempts delivered"], seen["ledger.webhook.attempts failed 500"]).ShouldBe((1, 1));
        seen["ledger.webhook.duration delivered"].ShouldBeGreaterThan(0);

        void Keep(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = new List<string> { name };
            var ours = false;
            foreach (var (key, label) in tags)
            {
                if (key == "ledger.receiver") ours = (string?)label == _receiver.Name;
                else labels.Add($"{label}");
            }

            if (ours) seen[string.Join(' ', labels)] = value;
        }
    }

    [Fact]
    public async Task A_name_that_changes_its_address_between_two_looks_reaches_nothing_else()
    {
        // The first answer means the receiver and every later one the machine's own metadata: one look, one connection, to what was looked at.
        var asked = 0;
        var dialler = new Dialler(
            (_, _) => Task.FromResult(new[] { IPAddress.Parse(Interlocked.Increment(ref asked) == 1 ? "127.0.0.1" : "169.254.169.254") }), Dialler.ConnectAsync);
        var setting = _receiver.Setting(_service) with { Url = new UriBuilder(_receiver.Address) { Host = "localhost" }.Uri };
        await using var node = await Node.StartAsync(server.Server.Store, Node.Quick, TimeProvider.System, dialler, setting);
        await AttestAsync(await OpenAsync(), 3);
        await TakenAsync(4);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task Two_nodes_take_turns_and_never_mix_a_release_up()
    {
        var settings = _receiver.Setting(_service);
        var timing = Node.Quick with { Lease = TimeSpan.FromMinutes(2), Farewell = TimeSpan.FromMinutes(1) }; // nobody is late because the machine is
        var one = await Node.StartAsync(server.Server.Store, timing, TimeProvider.System, null, settings);
        var two = await Node.StartAsync(server.Server.Store, timing, TimeProvider.System, null, settings);
        var inside = new ConcurrentDictionary<string, int>();
        var mixed = 0;
        _receiver.Status = async (message, _) =>
        {
            if (inside.AddOrUpdate(message.Subject, 1, (_, n) => n + 1) > 1) Interlocked.Increment(ref mixed);
            await Task.Delay(2);
            inside.AddOrUpdate(message.Subject, 0, (_, n) => n - 1);
            return 204;
        };
        var releases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));
        var load = Task.WhenAll(releases.Select(release => AttestAsync(release, 40)));
        for (var turn = 0; turn < 3; turn++)
        {
            await Task.Delay(150);
            await (turn % 2 == 0 ? one : two).DisposeAsync();
            var fresh = await Node.StartAsync(server.Server.Store, timing, TimeProvider.System, null, settings);
            if (turn % 2 == 0) one = fresh;
            else two = fresh;
        }

        await load;
        await UntilAsync(() => _receiver.Taken.Select(message => message.Id).Distinct().Count() == 164);
        await one.DisposeAsync();
        await two.DisposeAsync();
        mixed.ShouldBe(0);
        ShouldBeInOrder(_receiver.Taken);
        _receiver.Taken.Count.ShouldBe(164); // nodes that stop in good order send nothing twice
    }

    [Fact]
    public async Task Neither_a_secret_nor_an_address_nor_a_word_of_a_message_or_an_answer_is_logged()
    {
        const string Canary = "canary-in-the-answer";
        _receiver.Status = async (_, http) =>
        {
            http.Response.StatusCode = 500;
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{Canary} of canary.person@mailbox.example"));
            return 500;
        };
        await using var node = await Node.StartAsync(server, _receiver.Setting(_service, attempts: 3));
        var release = await OpenAsync();
        await AttestAsync(release, 1, "canary-in-the-note");
        var letter = await LetterAsync();
        await UntilAsync(() => server.Log.Contains($"the receiver {_receiver.Name} did not take event", StringComparison.Ordinal));

        letter.Problem.ShouldBe($"it answered 500: {Canary} of [EMAIL_REDACTED]");
        foreach (var secret in (string[])[TestReceiver.SecretText, TestReceiver.SecretText[6..], "path-that-is-secret", Canary, "canary-in-the-note", "canary.person", "v1,"])
            server.Log.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Of_an_answer_without_end_little_is_read()
    {
        _receiver.Status = async (_, http) =>
        {
            http.Response.StatusCode = 500;
            var chunk = Encoding.UTF8.GetBytes(new string('x', 64 * 1024));
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
            return 500;
        };
        await using var node = await Node.StartAsync(server, _receiver.Setting(_service, attempts: 1));
        await OpenAsync();
        var letter = await LetterAsync();
        (letter.Status, letter.Problem.Length < 250).ShouldBe((500, true));
    }

    private Task<string> OpenAsync() => server.OpenAsync(_service);

    private async Task AttestAsync(string release, int times, string note = "seen")
    {
        var client = server.Client();
        for (var n = 0; n < times; n++)
            (await client.PostJsonAsync($"{release}/gates/review/attestations", $$"""{"note":"{{note}} {{n}}","checks":["code","docs"]}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private Task TakenAsync(int count) => UntilAsync(() => _receiver.Taken.Count >= count);

    private async Task<Ledger.Store.Outbox.DeadLetter> LetterAsync() =>
        await WatchedServer.EventuallyAsync(async () => (await server.Server.Store.DeadLetters.ListAsync(_receiver.Name, 0, 1)).SingleOrDefault());

    private static async Task UntilAsync(Func<bool> isSo) => await WatchedServer.EventuallyAsync(() => Task.FromResult(isSo() ? "so" : null));

    private static void ShouldBeInOrder(IEnumerable<Delivered> messages)
    {
        foreach (var release in messages.GroupBy(message => message.Subject))
            release.Select(message => message.Version).Distinct().ShouldBe(Enumerable.Range(1, (int)release.Max(message => message.Version)).Select(n => (long)n));
    }
}
