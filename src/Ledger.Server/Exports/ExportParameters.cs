using System.Globalization;
using Ledger.Domain;
using Ledger.Exports.Controls;
using Ledger.Server.Http;

namespace Ledger.Server.Exports;

/// <summary>Reads the parameters of exports.</summary>
internal static class ExportParameters
{
    private const int ControlsAtMost = 32;

    /// <summary>A time in RFC 3339, or a day, which means its beginning in UTC.</summary>
    public static Attempt<DateTimeOffset> Time(string name, string? text)
    {
        if (text is null) return Problems.Malformed("parameter_invalid", $"'{name}' is missing", "an export is of a period: ?from=2026-01-01&to=2026-02-01");
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out var time)) return time;
        return text.Contains('T', StringComparison.OrdinalIgnoreCase) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time)
            ? UtcTimeJsonConverter.Truncate(time)
            : Problems.Malformed("parameter_invalid", $"'{name}' is not a time", "write 2026-01-31, or 2026-01-31T12:00:00Z");
    }

    /// <summary>The controls of these names, each once; none where none is named.</summary>
    public static Attempt<List<Control>> Controls(string[]? names)
    {
        var controls = new List<Control>();
        foreach (var name in names ?? [])
        {
            if (controls.Count == ControlsAtMost || ControlCatalog.Find(name) is not { } control)
            {
                return Problems.Malformed(
                    "control_unknown", $"'{(name.Length <= 40 ? name : name[..40] + "…")}' is not a control that can be mapped",
                    $"these are: {string.Join(", ", ControlCatalog.All.Select(known => known.Id))}");
            }

            if (!controls.Contains(control)) controls.Add(control);
        }

        return controls;
    }
}
