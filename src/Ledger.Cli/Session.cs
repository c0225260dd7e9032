using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Pins;
using Ledger.Cli.Server;
using Ledger.Cli.Spooling;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Ledger.Integrity.Notes;

namespace Ledger.Cli;

/// <summary>One command on its way: what was typed, where it runs, and how it ends.</summary>
internal sealed class Session(ParseResult parsed, SharedOptions options, Surroundings here, CancellationToken cancellationToken) : IDisposable
{
    private const string Prefix = "ledger: ";
    private const string HintPrefix = "hint: ";
    private readonly List<string> _times = [];
    private Screen? _screen;
    private string? _key;
    private Connection? _connection;

    public Surroundings Here => here;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether a program reads the result.</summary>
    public bool Json { get; } = parsed.GetValue(options.Json);

    public Screen Screen => _screen ??= Screen.For(here);

    /// <summary>The command's idempotency key, as it was typed or once made up.</summary>
    public string Key => _key ??= parsed.GetValue(options.IdempotencyKey) ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

    public T Get<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>An argument that may be left out.</summary>
    public T? Find<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The time that was typed, as it is sent; null when none was.</summary>
    public string? Time(Option<DateTimeOffset?> option) => Get(option) is { } time ? Remember(option, UtcTimeJsonConverter.ToText(time)) : null;

    /// <summary>The window that was typed, as it is sent; null when none was.</summary>
    public WindowBody? Window(Option<MaintenanceWindow?> option)
    {
        if (Get(option) is not { } window) return null;
        var body = new WindowBody(UtcTimeJsonConverter.ToText(window.Start), UtcTimeJsonConverter.ToText(window.End));
        Remember(option, $"{body.Start}/{body.End}");
        return body;
    }

    /// <summary>Asks the server and shows the answer.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="type">What is promised.</param>
    /// <param name="show">Shows it to a person.</param>
    /// <param name="contradiction">Says what about the answer cannot be; null when nothing is.</param>
    public async Task<int> ShowAsync<T>(string path, JsonTypeInfo<T> type, Action<Screen, T> show, Func<T, string?>? contradiction = null)
        where T : class
    {
        var asked = await AskAsync(path, type, Credentials.Reading, contradiction).ConfigureAwait(false);
        return asked.TryGet(out var answer, out var failure) ? Show(answer, show) : Fail(failure);
    }

    /// <summary>Asks the server.</summary>
    public async Task<Result<Answer<T>>> AskAsync<T>(string path, JsonTypeInfo<T> type, IReadOnlyList<Role> roles, Func<T, string?>? contradiction = null)
        where T : class
    {
        if (!(await ConnectAsync(roles).ConfigureAwait(false)).TryGet(out var connection, out var failure)) return failure;
        var asked = await connection.Client.GetAsync(path, type, cancellationToken).ConfigureAwait(false);
        if (!asked.TryGet(out var answer, out _)) return asked;
        return contradiction?.Invoke(answer.Value) is { } what ? Failure.Garbled(what) : answer;
    }

    /// <summary>The log that the server speaks for, held to what was seen of it before.</summary>
    public async Task<Result<TrustedLog>> LogAsync(IReadOnlyList<Role> roles) =>
        (await ConnectAsync(roles).ConfigureAwait(false)).TryGet(out var connection, out var failure) ? connection.Log : failure;

    /// <summary>Pins the server's log.</summary>
    /// <param name="key">The key it must have; null for any.</param>
    /// <param name="signed">A checkpoint that it must continue; null for none.</param>
    /// <param name="replace">Whether what was pinned at this address before is forgotten.</param>
    public async Task<Result<TrustedLog>> PinAsync(VerifierKey? key, string? signed, bool replace)
    {
        if (!Open(Credentials.Reading, null).TryGet(out var connection, out var failure)) return failure;
        if (PinStore.Open(here) is not { } store)
            return Failure.Usage("state_missing", "there is no folder to keep pins in", "set LEDGER_STATE to a folder that you may write to");
        if (replace && await store.ForgetAsync(connection.Address.ToString(), cancellationToken).ConfigureAwait(false) is { } unforgotten) return unforgotten;
        return await new PinCheck(connection.Client, connection.Address, store, patient: false).RunAsync(key, signed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the server record something.</summary>
    /// <param name="path">Where.</param>
    /// <param name="body">What.</param>
    /// <param name="mediaType">What <paramref name="body"/> is.</param>
    /// <param name="type">What is promised as the answer.</param>
    /// <param name="roles">Who may do it, least powerful first.</param>
    /// <param name="contradiction">Says what about the answer cannot be; null when nothing is.</param>
    /// <param name="timeout">How long it may take unless something else was typed.</param>
    /// <param name="again">Says how to find out what became of it, by the idempotency key; null where the very same command does.</param>
    public async Task<Result<Answer<T>>> RecordAsync<T>(
        string path, ReadOnlyMemory<byte> body, string mediaType, JsonTypeInfo<T> type, IReadOnlyList<Role> roles, Func<T, string?>? contradiction = null, TimeSpan? timeout = null,
        Func<string, string>? again = null)
        where T : class
    {
        var receipt = ReceiptFile;
        if (receipt is not null && OutputFile.Check(receipt) is { } unwritable) return unwritable;
        var key = Key;

        // The very same request each time, also from the spool: another one under the same key would be refused.
        if (receipt is not null) path = Routes.Query(path, ("receipt", "tlog-proof"));
        Failure? failure;
        Spool? spool = null;
        if (SpoolFolder is { } folder)
        {
            if (!Spool.Make(folder).TryGet(out spool, out failure) || !spool.State().TryGet(out var state, out failure)) return failure;

            // What was given first goes first.
            if (state.Settled < state.Last) return await KeepAsync(spool, key, path, body, mediaType, roles, Failure.Unknown("spool_waiting", "others wait there before it")).ConfigureAwait(false);
        }

        if (!(await ConnectAsync(roles, timeout, patient: true).ConfigureAwait(false)).TryGet(out var connection, out failure))
        {
            if (failure.ExitCode == ExitCode.Unknown) failure = failure with { OutcomeUnknown = false };
            return spool is not null && IsAway(failure) ? await KeepAsync(spool, key, path, body, mediaType, roles, failure).ConfigureAwait(false) : failure;
        }

        var recorded = await connection.Client.PostAsync(
            path, key, body, mediaType, type,
            answer => Unrecorded(answer, connection.Log) ?? contradiction?.Invoke(answer), cancellationToken).ConfigureAwait(false);
        if (recorded.TryGet(out _, out failure)) return recorded;
        if (spool is not null && IsAway(failure)) return await KeepAsync(spool, key, path, body, mediaType, roles, failure).ConfigureAwait(false);
        return failure.OutcomeUnknown != true ? recorded : failure with { Hint = (again ?? Again)(key) };
    }

    /// <summary>Has the server do something now or not at all: it does not wait in a spool.</summary>
    /// <param name="method">How it is said.</param>
    /// <param name="path">Where.</param>
    /// <param name="body">What, as JSON.</param>
    /// <param name="type">What is promised as the answer.</param>
    /// <param name="roles">Who may do it, least powerful first.</param>
    /// <param name="key">The idempotency key: <see cref="Key"/>, or made of it where one command asks for several things.</param>
    public async Task<Result<Answer<T>>> OrderAsync<T>(HttpMethod method, string path, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, IReadOnlyList<Role> roles, string key)
        where T : class
    {
        if (!(await ConnectAsync(roles, patient: true).ConfigureAwait(false)).TryGet(out var connection, out var failure)) return failure;
        var done = await connection.Client.SendAsync(method, path, key, body, "application/json", type, answer => Unrecorded(answer, connection.Log), cancellationToken).ConfigureAwait(false);
        return done.TryGet(out _, out failure) || failure.OutcomeUnknown != true ? done : failure with { Hint = Again(Key) };
    }

    /// <inheritdoc cref="RecordAsync{T}(string, ReadOnlyMemory{byte}, string, JsonTypeInfo{T}, IReadOnlyList{Role}, Func{T, string?}?, TimeSpan?, Func{string, string}?)"/>
    public Task<Result<Answer<T>>> RecordAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, IReadOnlyList<Role> roles, Func<T, string?>? contradiction = null)
        where T : class =>
        RecordAsync(path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), "application/json", type, roles, contradiction);

    /// <summary>Delivers a command that was kept, under the key that it was kept with.</summary>
    public async Task<Result<Answer<Delivered>>> DeliverAsync(SpooledCommand command)
    {
        if (!ServerAddress.Find(here).TryGet(out var address, out var failure)) return failure;
        if (address.ToString() != command.Server) return Failure.Usage("spool_of_other_server", $"{Wording.Sequence(command.Number)} was given for {command.Server}, not for {address}", "set LEDGER_URL to that server");
        var roles = command.Roles.Select(name => Roles.TryParse(name, out var role) ? role : Role.Admin).ToList();
        if (!(await ConnectAsync(roles).ConfigureAwait(false)).TryGet(out var connection, out failure)) return failure;
        return await connection.Client.PostAsync(
            command.Path, command.Key, command.Body, command.MediaType, ContractJson.Default.Delivered, answer => Unrecorded(answer.Receipt, connection.Log), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has something fetched into a stream, as much as it may be.</summary>
    public async Task<Result<long>> DownloadAsync(string path, string mediaType, Stream target, IReadOnlyList<Role> roles, TimeSpan timeout)
    {
        if (!(await ConnectAsync(roles, timeout).ConfigureAwait(false)).TryGet(out var connection, out var failure)) return failure;
        return await connection.Client.DownloadAsync(path, mediaType, target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows an answer: as the server wrote it to a program, in words to a person.</summary>
    public int Show<T>(Answer<T> answer, Action<Screen, T> show)
    {
        if (Json) JsonOutput.Write(here.Out, answer.Json);
        else show(Screen, answer.Value);
        return ExitCode.Done;
    }

    /// <summary>Shows what was recorded, and where; and writes the receipt where one was asked for.</summary>
    public Task<int> ShowRecordedAsync<T>(Result<Answer<T>> recorded, Action<Screen, T> show)
        where T : class, IRecorded =>
        ShowRecordedAsync(recorded, show, answer => answer.Receipt);

    /// <summary>The same, for what may have been there already: then nothing was recorded, and there is no receipt.</summary>
    public Task<int> ShowMaybeRecordedAsync<T>(Result<Answer<T>> recorded, Action<Screen, T> show)
        where T : class, IMayBeRecorded =>
        ShowRecordedAsync(recorded, show, answer => answer.Receipt);

    private async Task<int> ShowRecordedAsync<T>(Result<Answer<T>> recorded, Action<Screen, T> show, Func<T, Receipt?> receiptOf)
        where T : class
    {
        if (!recorded.TryGet(out var answer, out var failure)) return Fail(failure);
        Show(answer, show);
        if (receiptOf(answer.Value) is not { } receipt) return ExitCode.Done;
        if (!Json) ReceiptView.Show(Screen, receipt);
        if (ReceiptFile is not { } file) return ExitCode.Done;

        if (!(await ProvenReceipt.FetchAsync(_connection!, receipt, cancellationToken).ConfigureAwait(false)).TryGet(out var proven, out failure))
            return Unreceipted(failure, receipt);
        try
        {
            OutputFile.Replace(file, stream => stream.Write(proven.ToFile()));
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreceipted(OutputFile.Unwritable(file), receipt);
        }
    }

    public void Dispose() => _connection?.Dispose();

    /// <summary>Says why there is no result; answers the exit code.</summary>
    public int Fail(Failure failure)
    {
        var outcome = failure.OutcomeUnknown switch { true => "; whether it was recorded is unknown", false => "; nothing was recorded", null => "" };
        Say(failure.Detail + outcome);
        if (failure.Problem is { } problem) PolicyProblemsView.Say(problem, Say);
        if (failure.Hint is not null) Hint(failure.Hint);
        if (Json) WriteProblem(failure);
        return failure.ExitCode;
    }

    /// <summary>Tells a person something that is not the result.</summary>
    public void Say(string text) => here.Error.Write($"{Prefix}{SafeText.Of(text)}\n");

    /// <summary>Tells a person what to do next.</summary>
    public void Hint(string text) => here.Error.Write($"{HintPrefix}{SafeText.Of(text)}\n");

    private string Remember(Option option, string text)
    {
        _times.Add($" {option.Name} {text}");
        return text;
    }

    // The server knows a repetition by its content, and a span that is counted from later is another time: so times are spelt out.
    private string Again(string key)
    {
        var times = string.Concat(_times);
        return $"give the same command again with --idempotency-key {key}{times}: it is recorded once, however often it arrives";
    }

    // What is recorded stays recorded, whatever becomes of the proof of it.
    private int Unreceipted(Failure failure, Receipt receipt)
    {
        Say($"it is recorded as {Wording.Sequence(receipt.Sequence)}, but there is no receipt: {failure.Detail}");
        Hint($"ledger proof {receipt.Sequence} --out FILE fetches it again");
        return ExitCode.Unknown;
    }

    private string? SpoolFolder => parsed.GetResult(options.Spool) is null || parsed.GetValue(options.Spool) is not { } folder ? null : here.Resolve(folder);

    // The server was not there, or what stands before it was all that answered: never one that refused, and never a log that is not the pinned one.
    private static bool IsAway(Failure failure) => failure is { ExitCode: ExitCode.Unknown, Code: "server_away" or "server_failed" or "unavailable" };

    // Kept is not recorded, and is said so; but it is not lost either, which is what the caller asked for.
    private async Task<Failure> KeepAsync(Spool spool, string key, string path, ReadOnlyMemory<byte> body, string mediaType, IReadOnlyList<Role> roles, Failure why)
    {
        if (!ServerAddress.Find(here).TryGet(out var address, out var failure)) return failure;
        var command = new SpooledCommand(0, key, address.ToString(), path, mediaType, [.. roles.Select(Roles.Name)], UtcTimeJsonConverter.ToText(here.Time.GetUtcNow()), body.ToArray());
        if (!(await spool.KeepAsync(command, cancellationToken).ConfigureAwait(false)).TryGet(out var kept, out failure)) return failure with { OutcomeUnknown = why.OutcomeUnknown };
        return new Failure(ExitCode.Done, "spooled", $"kept as {Wording.Sequence(kept.Number)} in {spool.Folder}: {why.Detail}", $"ledger spool flush {spool.Folder}, once the server is there")
        {
            OutcomeUnknown = why.OutcomeUnknown ?? false,
        };
    }

    private string? ReceiptFile => parsed.GetResult(options.Receipt) is null || parsed.GetValue(options.Receipt) is not { } file ? null : here.Resolve(file);

    private static string? Unrecorded<T>(T answer, TrustedLog log) => Unrecorded(answer switch { IRecorded recorded => recorded.Receipt, IMayBeRecorded recorded => recorded.Receipt, _ => null }, log);

    private static string? Unrecorded(Receipt? receipt, TrustedLog log) => receipt is null ? null
        : !receipt.IsCoherent ? "its receipt names no place in the log"
        : receipt.IsSignedBy(log.Key) ? null : "its receipt is not signed by the log";

    private async Task<Result<Connection>> ConnectAsync(IReadOnlyList<Role> roles, TimeSpan? timeout = null, bool patient = false)
    {
        if (_connection?.Serves(roles, timeout) == true) return _connection;
        var log = _connection?.LogIfChecked;
        if (!Open(roles, timeout).TryGet(out var connection, out var failure)) return failure;
        if (log is null)
        {
            var store = PinStore.Open(here);
            if (store is null) Say("nothing can be remembered of this ledger, so a log that is forked or rolled back goes unnoticed; set LEDGER_STATE to a folder that you may write to");
            var checkedLog = await new PinCheck(connection.Client, connection.Address, store, patient).RunAsync(cancellationToken).ConfigureAwait(false);
            if (!checkedLog.TryGet(out log, out failure)) return failure;
            if (log is { Kept: true, First: true }) Say($"met the log {log.Origin} for the first time, and pinned its key: {log.Key}");
        }

        connection.Log = log;
        return connection;
    }

    private Result<Connection> Open(IReadOnlyList<Role> roles, TimeSpan? timeout)
    {
        if (!ServerAddress.Find(here).TryGet(out var address, out var failure)) return failure;
        if (!Credentials.Find(here, address, roles).TryGet(out var token, out failure)) return failure;
        _connection?.Dispose();
        return _connection = new Connection(new LedgerClient(address, token, options.TimeoutOf(parsed, timeout), here.Time), roles, timeout, address);
    }

    private void WriteProblem(Failure failure)
    {
        if (failure.Problem is { } problem)
        {
            JsonOutput.Write(here.Out, problem);
            return;
        }

        JsonOutput.Write(here.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("code", failure.Code);
            writer.WriteString("detail", failure.Detail);
            if (failure.Hint is not null) writer.WriteString("hint", failure.Hint);
            if (failure.OutcomeUnknown is { } unknown) writer.WriteBoolean("outcomeUnknown", unknown);
            writer.WriteEndObject();
        });
    }
}
