using System.Text.RegularExpressions;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Ledger.Server.Outbound;
using Ledger.Store.Tokens;

namespace Ledger.Server.Auth.IdentityProviders;

/// <summary>Whose word on who asks is taken, beside the ledger's own tokens. All of it comes from the operator.</summary>
internal sealed partial record IdentityProviderSettings
{
    private static readonly string[] ProviderNames = ["Name", "Issuer", "Audience", "KeysFile", "KeysUrl", "AllowPrivate", "Grants"];
    private static readonly string[] GrantNames = ["Claims", "Role", "Services"];

    public static IdentityProviderSettings Nobody { get; } = new();

    public IReadOnlyList<IdentityProvider> Providers { get; init; } = [];

    /// <summary>
    /// Reads <c>Ledger:IdentityProviders:N:{Name,Issuer,Audience,KeysFile|KeysUrl,AllowPrivate}</c> and <c>…:Grants:N:{Role,Services,Claims:NAME}</c>.
    /// </summary>
    /// <exception cref="FormatException">One of them cannot be what it is, or a file not be read; the message names it.</exception>
    public static IdentityProviderSettings From(IConfigurationSection ledger)
    {
        var providers = ledger.GetSection("IdentityProviders").GetChildren().Select(Provider).ToList();
        foreach (var named in (IEnumerable<Func<IdentityProvider, string>>)[provider => provider.Name, provider => provider.Issuer])
            if (providers.GroupBy(named).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new FormatException($"Ledger:IdentityProviders names '{twice.Key}' twice");
        return providers.Count == 0 ? Nobody : new IdentityProviderSettings { Providers = providers };
    }

    private static IdentityProvider Provider(IConfigurationSection section)
    {
        Know(section, ProviderNames);
        var name = Text(section, "Name");
        if (!NamePattern().IsMatch(name)) throw Wrong($"{section.Path}:Name", "is not 1 to 63 lower-case letters, digits and '-'");
        var grants = section.GetSection("Grants").GetChildren().Select(Grant).ToList();
        if (grants.Count == 0) throw Wrong($"{section.Path}:Grants", "are missing: without one its tokens are good for nothing");
        return new IdentityProvider(name, Text(section, "Issuer"), Text(section, "Audience"), Keys(section), grants);
    }

    private static ProviderKeys Keys(IConfigurationSection section)
    {
        var (file, address) = (section["KeysFile"], section["KeysUrl"]);
        if (string.IsNullOrWhiteSpace(file) == string.IsNullOrWhiteSpace(address)) throw Wrong(section.Path, "needs a KeysFile or a KeysUrl, and not both");
        if (string.IsNullOrWhiteSpace(file))
        {
            var allowPrivate = bool.TryParse(section["AllowPrivate"] ?? "false", out var flag) ? flag : throw Wrong($"{section.Path}:AllowPrivate", "is neither true nor false");
            return OutboundUrl.TryParse(address!.Trim(), allowPrivate, out var url, out var error)
                ? ProviderKeys.At(url, OutboundUrl.RuleFor(url, allowPrivate))
                : throw Wrong($"{section.Path}:KeysUrl", error);
        }

        try
        {
            return ProviderKeys.InFile(file.Trim());
        }
        catch (FormatException exception)
        {
            throw Wrong($"{section.Path}:KeysFile", exception.Message);
        }
    }

    private static Grant Grant(IConfigurationSection section)
    {
        Know(section, GrantNames);
        if (!Roles.TryParse(Text(section, "Role"), out var role) || role == Role.Admin)
            throw Wrong($"{section.Path}:Role", $"is none of {string.Join(", ", Roles.All.Where(known => known != Role.Admin).Select(Roles.Name))}: an admin holds a token of the ledger's own");
        var services = Text(section, "Services").Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (services.Find(service => service != Token.AllServices && !ReleaseId.IsService(service)) is { } unknown) throw Wrong($"{section.Path}:Services", $"names '{unknown}', which is not a service's name");
        var claims = section.GetSection("Claims").GetChildren().ToDictionary(claim => claim.Key, claim => claim.Value?.Trim() ?? string.Empty, StringComparer.Ordinal);
        if (claims.Count == 0) throw Wrong($"{section.Path}:Claims", "are missing: everybody whom the provider knows would be let in");
        if (claims.FirstOrDefault(claim => claim.Value is "" or "*").Key is { } open) throw Wrong($"{section.Path}:Claims:{open}", "asks for nothing");
        return new Grant(claims, role, services);
    }

    private static void Know(IConfigurationSection section, string[] names)
    {
        foreach (var child in section.GetChildren())
            if (!names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) throw Wrong(child.Path, $"is none of {string.Join(", ", names)}");
    }

    private static string Text(IConfigurationSection section, string key) =>
        string.IsNullOrWhiteSpace(section[key]) ? throw Wrong($"{section.Path}:{key}", "is missing") : section[key]!.Trim();

    private static FormatException Wrong(string path, string what) => new($"{path} {what}");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
