using System.Collections.Immutable;
using System.Globalization;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>What <c>@cost</c> and <c>@listSize</c> say about the definitions they stand at. What they say wrongly is reported.</summary>
internal sealed class SdlCosts(SdlReader reader)
{
    /// <summary>The weight; null where none is given.</summary>
    public double? WeightOf(ImmutableArray<DirectiveNode> directives)
    {
        if (Find(directives, CostDirectives.Cost) is not { } cost || Argument(cost, "weight") is not { } value) return null;
        if (value is StringValueNode text && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && double.IsFinite(weight)) return weight;
        reader.Report("The weight of \"@cost\" must be a number, written as a string.", value);
        return null;
    }

    /// <summary>How long the list may be; null where nothing is said.</summary>
    public ListSize? SizeOf(ImmutableArray<DirectiveNode> directives)
    {
        if (Find(directives, CostDirectives.ListSize) is not { } size) return null;
        int? assumed = null;
        if (Argument(size, "assumedSize") is { } given and not NullValueNode)
        {
            if (given is IntValueNode number && int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count >= 0) assumed = count;
            else reader.Report("The assumed size of \"@listSize\" must be an integer that is not negative.", given);
        }

        var isOne = Argument(size, "requireOneSlicingArgument") is not BooleanValueNode { Value: false };
        return new ListSize(assumed, Names(size, "slicingArguments"), Names(size, "sizedFields"), isOne);
    }

    private static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, DirectiveDefinition definition) =>
        directives.FirstOrDefault(directive => directive.Name.Value == definition.Name);

    private static ValueNode? Argument(DirectiveNode directive, string name) => directive.Arguments.FirstOrDefault(each => each.Name.Value == name)?.Value;

    private ImmutableArray<string> Names(DirectiveNode directive, string argument)
    {
        var value = Argument(directive, argument);
        if (value is null or NullValueNode) return [];
        if (value is StringValueNode one) return [one.Value];
        if (value is ListValueNode list && list.Values.All(item => item is StringValueNode)) return [.. list.Values.Select(item => ((StringValueNode)item).Value)];
        reader.Report($"The {argument} of \"@listSize\" must be a list of names.", value);
        return [];
    }
}
