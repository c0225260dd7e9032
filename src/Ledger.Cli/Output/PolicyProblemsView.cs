using System.Text.Json;

namespace Ledger.Cli.Output;

/// <summary>Shows what a server found wrong with a policy, a line for each problem, as compilers do.</summary>
internal static class PolicyProblemsView
{
    /// <summary>Says each of the problem document's <c>problems</c>; nothing when it has none.</summary>
    public static void Say(JsonElement problem, Action<string> say)
    {
        if (!problem.TryGetProperty("problems", out var problems) || problems.ValueKind != JsonValueKind.Array) return;
        foreach (var entry in problems.EnumerateArray())
        {
            if (Wording.Text(entry, "message") is not { } message) continue;
            var place = Wording.Text(entry, "line") is { } line ? $"{line}:{Wording.Text(entry, "column") ?? "1"}" : Wording.Text(entry, "path") ?? "$";
            var hint = Wording.Text(entry, "hint") is { } text ? $" ({text})" : "";
            say($"{place}: {Wording.Text(entry, "severity") ?? "error"}: {message}{hint} [{Wording.Text(entry, "code")}]");
        }
    }
}
