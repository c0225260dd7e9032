using System.Globalization;
using Ledger.Server.Auth.IdentityProviders;
using Ledger.Server.GraphQL.Http;
using Ledger.Server.Webhooks;
using Ledger.Server.Events;
using Serilog.Events;

namespace Ledger.Server.Hosting;

/// <summary>How the server is to run, from <c>appsettings.json</c> and the environment (<c>Ledger__ConnectionString</c> …).</summary>
internal sealed record ServerSettings
{
    /// <summary>The database as the server's role; null with an owner's connection: a login is made. Null without one: an embedded PostgreSQL.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The database as its owner, to apply the schema.</summary>
    public string? OwnerConnectionString { get; init; }

    /// <summary>The log's name; null: made at first start and kept in the data directory.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether this is a sandbox, whose times are given: its origin begins with <c>sandbox.</c>, and no other's does.</summary>
    public bool Sandbox { get; init; }

    /// <summary>The log's signing key, PKCS#8 PEM; null: <c>keys/log.key</c> in the data directory, made at first start.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A file with the text of an admin's token, so that a ledger over a database of its own can be set up; made where it is missing.</summary>
    public string? AdminTokenFile { get; init; }

    /// <summary>Where the server keeps what is not in the database.</summary>
    public string DataDirectory { get; init; } = ".ledger";

    /// <summary>0 for any that is free.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Who is told of the log's checkpoints.</summary>
    public WitnessSettings Witnesses { get; init; } = WitnessSettings.Nobody;

    /// <summary>Whose word on who asks is taken.</summary>
    public IdentityProviderSettings IdentityProviders { get; init; } = IdentityProviderSettings.Nobody;

    /// <summary>How GraphQL is served.</summary>
    public GraphQLSettings GraphQL { get; init; } = GraphQLSettings.Default;

    /// <summary>Who is told of events.</summary>
    public WebhookSettings Webhooks { get; init; } = WebhookSettings.Nobody;

    /// <summary>What becomes of events of other systems that mean nothing here.</summary>
    public UnknownEvents UnknownEvents { get; init; } = UnknownEvents.Keep;

    /// <summary>What becomes of those that fit no release.</summary>
    public UnassignedEvents UnassignedEvents { get; init; } = UnassignedEvents.Keep;

    /// <summary>The least severe log events that are written.</summary>
    public LogEventLevel LogLevel { get; init; } = LogEventLevel.Information;

    /// <summary>Whether the server is one person's on their own machine: it brings its database, and listens there alone.</summary>
    public bool IsLocal => ConnectionString is null && OwnerConnectionString is null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">One of them cannot be what it is; the message names it.</exception>
    public static ServerSettings From(IConfiguration configuration)
    {
        var ledger = configuration.GetSection("Ledger");
        return new ServerSettings
        {
            ConnectionString = Text(ledger["ConnectionString"]),
            OwnerConnectionString = Text(ledger["OwnerConnectionString"]),
            Origin = Text(ledger["Origin"]),
            Sandbox = Flag("Ledger:Sandbox", Text(ledger["Sandbox"])),
            KeyFile = Text(ledger["KeyFile"]),
            AdminTokenFile = Text(ledger["AdminTokenFile"]),
            DataDirectory = Text(configuration["LEDGER_DATA"]) ?? Text(ledger["DataDirectory"]) ?? ".ledger",
            Port = Port_("LEDGER_PORT", Text(configuration["LEDGER_PORT"])),
            Witnesses = WitnessSettings.From(ledger),
            IdentityProviders = IdentityProviderSettings.From(ledger),
            GraphQL = GraphQLSettings.From(ledger),
            Webhooks = WebhookSettings.From(ledger),
            UnknownEvents = IsKept("Unknown", Text(ledger["Events:Unknown"])) ? UnknownEvents.Keep : UnknownEvents.Refuse,
            UnassignedEvents = IsKept("Unassigned", Text(ledger["Events:Unassigned"])) ? UnassignedEvents.Keep : UnassignedEvents.Refuse,
            LogLevel = Level(Text(ledger["LogLevel"])),
        };
    }

    private static bool IsKept(string name, string? text) => text switch
    {
        null or "keep" => true,
        "refuse" => false,
        _ => throw new FormatException($"Ledger:Events:{name} is none of keep, refuse"),
    };

    private static bool Flag(string name, string? text)
    {
        if (text is null) return false;
        return bool.TryParse(text, out var flag) ? flag : throw new FormatException($"{name} is neither true nor false");
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static int Port_(string name, string? text)
    {
        if (text is null) return 5080;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : throw new FormatException($"{name} is not a port: 0 to 65535");
    }

    private static LogEventLevel Level(string? text)
    {
        if (text is null) return LogEventLevel.Information;
        return Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : throw new FormatException($"Ledger:LogLevel is none of {string.Join(", ", Enum.GetNames<LogEventLevel>())}");
    }
}
