using System.Text;
using System.Text.RegularExpressions;

namespace Ledger.Domain.Policies;

/// <summary>The alphabet of names in a policy: lower-case letters, digits, <c>-</c> and <c>.</c>, 1 to 64, first a letter or a digit.</summary>
internal static partial class PolicyName
{
    internal const int MaxLength = 64;

    internal static bool IsValid(string name) => Pattern().IsMatch(name);

    /// <summary>Whether it could be the service of a release: an underscore is allowed there too.</summary>
    internal static bool IsService(string name) => ServicePattern().IsMatch(name);

    /// <summary>A name for something that was only given a title: <c>AOF enabled</c> becomes <c>aof-enabled</c>. Empty if the title has no letter or digit.</summary>
    internal static string FromTitle(string title)
    {
        var name = new StringBuilder(MaxLength);
        foreach (var c in title)
        {
            if (name.Length == MaxLength) break;
            if (char.IsAsciiLetterOrDigit(c)) name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] is not ('-' or '.')) name.Append('-');
        }

        return name.ToString().TrimEnd('-');
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServicePattern();
}
