using System.Globalization;
using System.Text.RegularExpressions;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Integrity.Webhooks;
using Ledger.Server.Outbound;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>Who is told of events. These addresses come from the operator alone: nothing that arrives over HTTP names one.</summary>
internal sealed partial record WebhookSettings
{
    private const int ReceiversAtMost = 32;
    private const int AttemptsAtMost = 100;
    private const int AttemptsByDefault = 20;

    private static readonly string[] Keys = ["Name", "Url", "Secret", "SecretFile", "Events", "Services", "AllowPrivate", "Attempts", "AfterDeadLetter"];

    public static WebhookSettings Nobody { get; } = new();

    public IReadOnlyList<WebhookReceiver> Receivers { get; init; } = [];

    public WebhookTiming Timing { get; init; } = WebhookTiming.Default;

    /// <summary>Reads <c>Ledger:Webhooks:N:{Name,Url,Secret|SecretFile,Events,Services,AllowPrivate,Attempts,AfterDeadLetter}</c>.</summary>
    /// <exception cref="FormatException">One of them cannot be what it is, or a file not be read; the message names it, and holds no secret.</exception>
    public static WebhookSettings From(IConfigurationSection ledger)
    {
        var receivers = ledger.GetSection("Webhooks").GetChildren().Select(Receiver).ToList();
        if (receivers.Count > ReceiversAtMost) throw new FormatException($"Ledger:Webhooks has more than {ReceiversAtMost} receivers");
        if (receivers.GroupBy(receiver => receiver.Name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new FormatException($"Ledger:Webhooks names '{twice.Key}' twice");
        return receivers.Count == 0 ? Nobody : new WebhookSettings { Receivers = receivers };
    }

    private static WebhookReceiver Receiver(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) throw Wrong(child.Path, $"is none of {string.Join(", ", Keys)}");
        var name = Text(section, "Name");
        if (name is null || !NamePattern().IsMatch(name)) throw Wrong($"{section.Path}:Name", "is not 1 to 63 lower-case letters, digits and '-'");
        var allowPrivate = Flag(section, "AllowPrivate");
        if (!OutboundUrl.TryParse(Text(section, "Url"), allowPrivate, out var url, out var error)) throw Wrong($"{section.Path}:Url", error);
        if (Text(section, "Events") is null) throw Wrong($"{section.Path}:Events", "is missing: name events with commas between them, or * for all");
        var wants = new OutboxReceiver(
            name,
            List(section, "Events", EventJson.Types.Contains, $"an event of this ledger: {string.Join(", ", EventJson.Types)}"),
            List(section, "Services", ReleaseId.IsService, "a service's name"),
            Waits(section));
        return new WebhookReceiver(wants, url, Secrets(section), OutboundUrl.RuleFor(url, allowPrivate), Attempts(section));
    }

    private static List<WebhookSecret> Secrets(IConfigurationSection section)
    {
        var (secret, file) = (Text(section, "Secret"), Text(section, "SecretFile"));
        if (secret is null == file is null) throw Wrong(section.Path, "needs a SecretFile or a Secret, and not both: without one nobody can tell who sent a message");
        var path = $"{section.Path}:{(file is null ? "Secret" : "SecretFile")}";
        var secrets = new List<WebhookSecret>();
        foreach (var text in (secret ?? Read(file!, path)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            secrets.Add(WebhookSecret.TryParse(text, out var parsed, out var error) ? parsed : throw Wrong(path, $"holds no secret: {error}"));
        return secrets.Count is 1 or 2 ? secrets : throw Wrong(path, "holds neither one secret nor, while it is exchanged, two");
    }

    private static string Read(string file, string path)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"cannot be read: {exception.Message}");
        }
    }

    // Null for all of them.
    private static List<string>? List(IConfigurationSection section, string key, Func<string, bool> isKnown, string what)
    {
        if (Text(section, key) is not { } text) return null;
        var names = text.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (names is ["*"]) return null;
        return names.Find(name => !isKnown(name)) is { } unknown ? throw Wrong($"{section.Path}:{key}", $"names '{unknown}', which is not {what}") : names;
    }

    private static int Attempts(IConfigurationSection section)
    {
        if (Text(section, "Attempts") is not { } text) return AttemptsByDefault;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) && attempts is >= 1 and <= AttemptsAtMost
            ? attempts
            : throw Wrong($"{section.Path}:Attempts", $"is not a whole number from 1 to {AttemptsAtMost}");
    }

    private static bool Waits(IConfigurationSection section) => Text(section, "AfterDeadLetter") switch
    {
        null or "continue" => false,
        "wait" => true,
        _ => throw Wrong($"{section.Path}:AfterDeadLetter", "is neither continue nor wait"),
    };

    private static bool Flag(IConfigurationSection section, string key) => Text(section, key) switch
    {
        null => false,
        var text => bool.TryParse(text, out var flag) ? flag : throw Wrong($"{section.Path}:{key}", "is neither true nor false"),
    };

    private static string? Text(IConfigurationSection section, string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();

    private static FormatException Wrong(string path, string what) => new($"{path} {what}");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
