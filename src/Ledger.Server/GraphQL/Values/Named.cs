using Ledger.Domain.Events;
using Ledger.Domain.Measurements;
using Ledger.Exports.Controls;
using Ledger.GraphQL.Types;
using Ledger.Integrity.Keys;

namespace Ledger.Server.GraphQL.Values;

/// <summary>Enums of the schema whose values are names elsewhere: their names here are those in capitals, so that none is ever missing.</summary>
internal static class Named
{
    public static EnumType<string> EventType { get; } = Of("EventType", "What happened.", EventJson.Types, type => $"`{type}` in the log.");

    public static EnumType<string> Tool { get; } = Of("Tool", "A tool whose reports are read.", MetricCatalog.Tools, tool => $"`{tool}` on the command line.");

    public static EnumType<string> KeyAlgorithm { get; } = Of(
        "KeyAlgorithm", "How a key signs.", Enum.GetValues<KeyAlgorithm>().Select(KeyAlgorithmName.Of), name => $"`{name}`.");

    public static EnumType<string> Control { get; } = Of(
        "ControlId", "A control that auditors map evidence to.", ControlCatalog.All.Select(NameOf),
        name => ControlCatalog.All.First(control => NameOf(control) == name) is var control ? $"{control.Framework} {control.Id}: {control.AsksFor}" : "");

    /// <summary>What a control is called here: its framework and its id.</summary>
    public static string NameOf(Control control) => $"{control.Framework} {control.Id}";

    private static EnumType<string> Of(string name, string description, IEnumerable<string> values, Func<string, string> describe)
    {
        var type = new EnumType<string>(name) { Description = description };
        foreach (var value in values) type.Value(Constant(value), value, describe(value));
        return type;
    }

    private static string Constant(string name)
    {
        var words = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('_', words) is [>= '0' and <= '9', ..] constant ? $"_{constant}" : string.Join('_', words);
    }
}
