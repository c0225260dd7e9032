using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;

namespace Ledger.Cli;

/// <summary>One command on its way: what was typed, where it runs, and how it ends.</summary>
internal sealed class Session(ParseResult parsed, SharedOptions options, Surroundings here, CancellationToken cancellationToken)
{
    private const string Prefix = "ledger: ";
    private const string HintPrefix = "hint: ";
    private readonly List<string> _times = [];
    private Screen? _screen;

    public Surroundings Here => here;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether a program reads the result.</summary>
    public bool Json { get; } = parsed.GetValue(options.Json);

    public Screen Screen => _screen ??= Screen.For(here);

    public T Get<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

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
        if (!Connect(roles).TryGet(out var client, out var failure)) return failure;
        using (client)
        {
            var asked = await client.GetAsync(path, type, cancellationToken).ConfigureAwait(false);
            if (!asked.TryGet(out var answer, out _)) return asked;
            return contradiction?.Invoke(answer.Value) is { } what ? Failure.Garbled(what) : answer;
        }
    }

    /// <summary>Has the server record something.</summary>
    /// <param name="path">Where.</param>
    /// <param name="body">What.</param>
    /// <param name="mediaType">What <paramref name="body"/> is.</param>
    /// <param name="type">What is promised as the answer.</param>
    /// <param name="roles">Who may do it, least powerful first.</param>
    /// <param name="contradiction">Says what about the answer cannot be; null when nothing is.</param>
    /// <param name="timeout">How long it may take unless something else was typed.</param>
    public async Task<Result<Answer<T>>> RecordAsync<T>(
        string path, ReadOnlyMemory<byte> body, string mediaType, JsonTypeInfo<T> type, IReadOnlyList<Role> roles, Func<T, string?>? contradiction = null, TimeSpan? timeout = null)
        where T : class
    {
        if (!Connect(roles, timeout).TryGet(out var client, out var failure)) return failure;
        using (client)
        {
            var key = parsed.GetValue(options.IdempotencyKey) ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
            var recorded = await client.PostAsync(path, key, body, mediaType, type, answer => Unrecorded(answer) ?? contradiction?.Invoke(answer), cancellationToken).ConfigureAwait(false);
            return recorded.TryGet(out _, out failure) || failure.OutcomeUnknown != true ? recorded : failure with { Hint = Again(key) };
        }
    }

    /// <inheritdoc cref="RecordAsync{T}(string, ReadOnlyMemory{byte}, string, JsonTypeInfo{T}, IReadOnlyList{Role}, Func{T, string?}?, TimeSpan?)"/>
    public Task<Result<Answer<T>>> RecordAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, IReadOnlyList<Role> roles, Func<T, string?>? contradiction = null)
        where T : class =>
        RecordAsync(path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), "application/json", type, roles, contradiction);

    /// <summary>Shows an answer: as the server wrote it to a program, in words to a person.</summary>
    public int Show<T>(Answer<T> answer, Action<Screen, T> show)
    {
        if (Json) JsonOutput.Write(here.Out, answer.Json);
        else show(Screen, answer.Value);
        return ExitCode.Done;
    }

    /// <summary>Shows what was recorded, and where.</summary>
    public int ShowRecorded<T>(Result<Answer<T>> recorded, Action<Screen, T> show)
        where T : class, IRecorded
    {
        if (!recorded.TryGet(out var answer, out var failure)) return Fail(failure);
        Show(answer, show);
        if (!Json) ReceiptView.Show(Screen, answer.Value.Receipt);
        return ExitCode.Done;
    }

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

    private static string? Unrecorded<T>(T answer) =>
        answer is IRecorded { Receipt.IsCoherent: false } ? "its receipt names no place in the log" : null;

    private Result<LedgerClient> Connect(IReadOnlyList<Role> roles, TimeSpan? timeout = null)
    {
        if (!ServerAddress.Find(here).TryGet(out var address, out var failure)) return failure;
        return Credentials.Find(here, address, roles).TryGet(out var token, out failure)
            ? new LedgerClient(address, token, options.TimeoutOf(parsed, timeout), here.Time)
            : failure;
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
