using Ledger.Domain.Actors;

namespace Ledger.Server.GraphQL.Http;

/// <summary>How GraphQL is served.</summary>
internal sealed record GraphQLSettings
{
    /// <summary>What is served where nothing is set.</summary>
    public static GraphQLSettings Default { get; } = new();

    /// <summary>A folder with the documents that clients use, one a <c>.graphql</c> file; null where there is none.</summary>
    public string? TrustedDocuments { get; init; }

    /// <summary>Whether nothing but those is executed.</summary>
    public bool OnlyTrusted { get; init; }

    /// <summary>The roles that may ask what can be asked: by introspection, and by the schema's text. All of them where nothing is set.</summary>
    public IReadOnlyList<Role> IntrospectionRoles { get; init; } = Roles.All;

    /// <summary>Origins, beside the server's own, whose pages may ask: <c>https://audit.example.com</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Reads <c>Ledger:GraphQL:{TrustedDocuments,OnlyTrusted,IntrospectionRoles,Origins:N}</c>.</summary>
    /// <exception cref="FormatException">One of them cannot be what it is; the message names it.</exception>
    public static GraphQLSettings From(IConfigurationSection ledger)
    {
        var section = ledger.GetSection("GraphQL");
        if (!section.Exists()) return Default;
        var settings = new GraphQLSettings
        {
            TrustedDocuments = string.IsNullOrWhiteSpace(section["TrustedDocuments"]) ? null : section["TrustedDocuments"]!.Trim(),
            OnlyTrusted = Flag(section, "OnlyTrusted"),
            IntrospectionRoles = RolesOf(section, "IntrospectionRoles"),
            Origins = [.. section.GetSection("Origins").GetChildren().Select(Origin)],
        };
        return settings is { OnlyTrusted: true, TrustedDocuments: null }
            ? throw new FormatException("Ledger:GraphQL:OnlyTrusted without Ledger:GraphQL:TrustedDocuments would answer nothing: name the folder that holds them")
            : settings;
    }

    private static bool Flag(IConfigurationSection section, string name) => section[name]?.Trim() switch
    {
        null or "" => false,
        var text => bool.TryParse(text, out var flag) ? flag : throw new FormatException($"{section.Path}:{name} is neither true nor false"),
    };

    private static IReadOnlyList<Role> RolesOf(IConfigurationSection section, string name)
    {
        if (section[name]?.Trim() is not { Length: > 0 } text) return Roles.All;
        if (text == "none") return [];
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(each => Roles.TryParse(each, out var role)
            ? role
            : throw new FormatException($"{section.Path}:{name} names no role with '{each}': separate {string.Join(", ", Roles.All.Select(Roles.Name))} by commas, or write none"))];
    }

    private static string Origin(IConfigurationSection section) =>
        Uri.TryCreate(section.Value?.Trim(), UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? uri.GetLeftPart(UriPartial.Authority)
            : throw new FormatException($"{section.Path} is no origin: write https://host or https://host:port");
}
