using System.Globalization;
using Ledger.GraphQL.Language;

namespace Ledger.GraphQL.Types;

/// <summary>
/// The directives by which a schema tells what it costs (GraphQL Cost Directives, IBM). A schema written in C# has weights and sizes
/// without them; one that is read from SDL defines them, as that specification wants it.
/// </summary>
public static class CostDirectives
{
    /// <summary><c>@cost</c>: the weight of a field, an argument, or a type's value. A number, written as a string.</summary>
    public static DirectiveDefinition Cost { get; } = new(
        "cost", DirectiveLocation.ArgumentDefinition, DirectiveLocation.Enum, DirectiveLocation.FieldDefinition, DirectiveLocation.InputFieldDefinition, DirectiveLocation.Object, DirectiveLocation.Scalar)
    {
        Description = "What this adds to the cost of an operation.",
        Arguments = [new InputValueDefinition("weight", Scalars.String.NonNull())],
    };

    /// <summary><c>@listSize</c>: how long a field's list may be.</summary>
    public static DirectiveDefinition ListSize { get; } = new("listSize", DirectiveLocation.FieldDefinition)
    {
        Description = "How long this list, or the lists named, may be.",
        Arguments =
        [
            new InputValueDefinition("assumedSize", Scalars.Int),
            new InputValueDefinition("slicingArguments", Scalars.String.NonNull().List()),
            new InputValueDefinition("sizedFields", Scalars.String.NonNull().List()),
            new InputValueDefinition("requireOneSlicingArgument", Scalars.Boolean) { DefaultLiteral = ConstantLiteral.Parse("true") },
        ],
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<DirectiveDefinition> All { get; } = [Cost, ListSize];

    internal static string Print(double weight) => string.Create(CultureInfo.InvariantCulture, $" @cost(weight: \"{weight:R}\")");

    internal static string Print(ListSize size)
    {
        var arguments = new List<string>();
        if (size.AssumedSize is { } assumed) arguments.Add(string.Create(CultureInfo.InvariantCulture, $"assumedSize: {assumed}"));
        if (size.SlicingArguments.Count > 0) arguments.Add($"slicingArguments: {Print(size.SlicingArguments)}");
        if (size.SizedFields.Count > 0) arguments.Add($"sizedFields: {Print(size.SizedFields)}");
        if (!size.RequireOneSlicingArgument) arguments.Add("requireOneSlicingArgument: false");
        return arguments.Count > 0 ? $" @listSize({string.Join(", ", arguments)})" : " @listSize";
    }

    private static string Print(IReadOnlyList<string> names) => $"[{string.Join(", ", names.Select(QuotedString.Print))}]";
}
