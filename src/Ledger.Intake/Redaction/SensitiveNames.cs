using System.Collections.Frozen;

namespace Ledger.Intake.Redaction;

/// <summary>Members, attributes and variables whose name says that their value is personal or secret.</summary>
internal static class SensitiveNames
{
    private static readonly FrozenDictionary<string, string> Whole = new Dictionary<string, string>
    {
        ["email"] = Placeholders.Email, ["emailaddress"] = Placeholders.Email,
        ["phone"] = Placeholders.Phone, ["phonenumber"] = Placeholders.Phone, ["mobilephone"] = Placeholders.Phone,
        ["ssn"] = Placeholders.SocialSecurity, ["socialsecuritynumber"] = Placeholders.SocialSecurity,
        ["mrn"] = Placeholders.MedicalRecord, ["medicalrecordnumber"] = Placeholders.MedicalRecord,
        ["streetaddress"] = Placeholders.Address, ["homeaddress"] = Placeholders.Address,
        ["authorization"] = Placeholders.Secret, ["proxyauthorization"] = Placeholders.Secret, ["cookie"] = Placeholders.Secret,
        ["setcookie"] = Placeholders.Secret, ["secret"] = Placeholders.Secret, ["token"] = Placeholders.Secret, ["pwd"] = Placeholders.Secret,
        ["connectionstring"] = Placeholders.Secret,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Endings =
    [
        "password", "passwd", "passphrase", "apikey", "apitoken", "accesstoken", "refreshtoken", "idtoken", "authtoken", "sessiontoken",
        "bearertoken", "githubtoken", "clientsecret", "secretkey", "secretaccesskey", "accesskey", "privatekey", "signingkey",
    ];

    /// <summary>What a value under <paramref name="name"/> must be replaced by, or null where the name says nothing.</summary>
    public static string? PlaceholderFor(ReadOnlySpan<char> name)
    {
        const int longest = 64;
        if (name.IsEmpty || name.Length > longest) return null;
        Span<char> buffer = stackalloc char[longest];
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.' or ' ')) buffer[length++] = char.ToLowerInvariant(c);
        }

        ReadOnlySpan<char> plain = buffer[..length];
        if (Whole.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(plain, out var placeholder)) return placeholder;
        foreach (var ending in Endings)
        {
            if (plain.EndsWith(ending, StringComparison.Ordinal)) return Placeholders.Secret;
        }

        return null;
    }
}
