namespace Ledger.Exports.Controls;

/// <summary>A control that auditors map evidence to.</summary>
/// <param name="Id">How it is asked for, e.g. <c>CC8.1</c>.</param>
/// <param name="Framework">Where it is from, e.g. <c>SOC 2</c>.</param>
/// <param name="AsksFor">What it comes to for releases, in words of our own.</param>
public sealed record Control(string Id, string Framework, string AsksFor)
{
    /// <summary>What has to be shown.</summary>
    internal IReadOnlyList<Demand> Demands { get; init; } = [];
}

/// <summary>One thing that a control asks to see.</summary>
/// <param name="Text">What, in a sentence.</param>
/// <param name="Look">Looks for it.</param>
internal sealed record Demand(string Text, Func<ControlCase, Finding> Look);
