using System.Collections;
using System.Collections.Immutable;
using System.Numerics;

namespace Ledger.GraphQL.Validation;

/// <summary>Rules that are checked in one walk, in this order. Immutable and thread-safe.</summary>
public sealed class RuleSet : IReadOnlyList<ValidationRule>
{
    private const int EventsCount = 18;

    private readonly ImmutableArray<ValidationRule> _rules;
    private readonly int[][] _byEvent;

    /// <param name="rules">The rules, in the order in which they look at a node.</param>
    public RuleSet(params ImmutableArray<ValidationRule> rules)
    {
        _rules = rules;
        _byEvent = new int[EventsCount][];
        for (var i = 0; i < EventsCount; i++)
            _byEvent[i] = [.. Enumerable.Range(0, rules.Length).Where(rule => rules[rule].Events.HasFlag((RuleEvents)(1 << i)))];
    }

    /// <summary>How many rules there are.</summary>
    public int Count => _rules.Length;

    /// <summary>The rule at a place.</summary>
    public ValidationRule this[int index] => _rules[index];

    /// <inheritdoc/>
    public IEnumerator<ValidationRule> GetEnumerator() => ((IEnumerable<ValidationRule>)_rules).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Which rules want to hear of an event.</summary>
    internal ReadOnlySpan<int> Hearing(RuleEvents one) => _byEvent[BitOperations.TrailingZeroCount((int)one)];
}
