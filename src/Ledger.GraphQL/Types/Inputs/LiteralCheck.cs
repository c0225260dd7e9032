using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>Why a literal is not of a type.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Node">Where.</param>
/// <param name="Path">Field names and indices from the literal inwards, such as <c>.filter.names[0]</c>; empty for the literal itself.</param>
public readonly record struct LiteralProblem(string Message, Node Node, string Path);

/// <summary>
/// Says what is wrong with a literal, all of it (§5.6.1 to §5.6.4). Variables are passed over: whether one may stand at a place is a
/// matter of types, not of values. Recursion is bounded by the document's depth. Thread-safe.
/// </summary>
public static class LiteralCheck
{
    /// <summary>Checks a literal against an input type.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="type">An input type.</param>
    /// <param name="report">Gets every problem.</param>
    /// <param name="suggest">Whether names that are not there are answered with those that are near; see <see cref="Suggestions"/>.</param>
    /// <param name="problemsMax">How many problems are looked for: saying one shows the literal, so saying all is quadratic.</param>
    public static void Check(
        ValueNode literal, GraphQLType type, Action<LiteralProblem> report, bool suggest = false, int problemsMax = int.MaxValue)
    {
        var left = problemsMax;
        Check(literal, type, new Reporter(report, suggest), "", ref left);
    }

    private static void Check(ValueNode literal, GraphQLType type, Reporter reporter, string path, ref int left)
    {
        if (literal is VariableNode || left <= 0) return;
        if (literal is NullValueNode)
        {
            if (type is NonNullType) reporter.Report($"Expected value of non-null type \"{type}\" not to be null.", literal, path, ref left);
            return;
        }

        switch (type.Nullable)
        {
            case ListType list when literal is ListValueNode items:
                for (var i = 0; i < items.Values.Length; i++) Check(items.Values[i], list.Item, reporter, $"{path}[{i}]", ref left);
                break;
            case ListType list:
                Check(literal, list.Item, reporter, path, ref left);
                break;
            case InputObjectType input when literal is ObjectValueNode fields:
                CheckFields(fields, input, reporter, path, ref left);
                break;
            case InputObjectType input:
                reporter.Report($"Expected value of type \"{input}\" to be an object, found: {LiteralText.Show(literal)}.", literal, path, ref left);
                break;
            case LeafType leaf:
                if (!leaf.TryCoerce(new LeafInput(literal), out _, out var problem))
                    reporter.Report(problem + (reporter.Suggest ? SuggestValue(LiteralText.Show(literal), leaf) : ""), literal, path, ref left);
                break;
        }
    }

    private static void CheckFields(ObjectValueNode literal, InputObjectType type, Reporter reporter, string path, ref int left)
    {
        foreach (var field in type.Fields)
        {
            if (literal.Fields.LastOrDefault(each => each.Name.Value == field.Name) is { } given)
                Check(given.Value, field.Type, reporter, $"{path}.{field.Name}", ref left);
            else if (field.IsRequired && left > 0)
                reporter.Report($"Expected value of type \"{type}\" to include required field \"{field.Name}\", found: {LiteralText.Show(literal)}.", literal, path, ref left);
        }

        foreach (var unknown in literal.Fields.Where(field => type.Find(field.Name.Value) is null))
        {
            if (left <= 0) return;
            reporter.Report(UnknownField(type, unknown.Name.Value, LiteralText.Show(literal), reporter.Suggest), unknown, path, ref left);
        }

        if (!type.IsOneOf) return;
        var known = literal.Fields.Where(field => type.Find(field.Name.Value) is not null).ToList();
        if (known.Count != 1) reporter.Report(NotExactlyOne(type), literal, path, ref left);
        else if (known[0].Value is NullValueNode) reporter.Report(NotExactlyOne(type), literal, $"{path}.{known[0].Name.Value}", ref left);
    }

    private readonly record struct Reporter(Action<LiteralProblem> Tell, bool Suggest)
    {
        public void Report(string message, Node node, string path, ref int left)
        {
            if (--left >= 0) Tell(new LiteralProblem(message, node, path));
        }
    }

    internal static string UnknownField(InputObjectType type, string name, string found, bool suggest)
    {
        var suggestion = suggest ? Suggestions.For(name, type.Fields.Select(field => field.Name)) : "";
        return $"Expected value of type \"{type}\" not to include unknown field \"{name}\"{(suggestion.Length > 0 ? $".{suggestion} Found" : ", found")}: {found}.";
    }

    internal static string SuggestValue(string value, LeafType type) =>
        type is EnumType choices ? Suggestions.For(value, choices.Values.Select(each => each.Name), "the enum value") : "";

    internal static string NotExactlyOne(InputObjectType type) =>
        $"Within OneOf Input Object type \"{type}\", exactly one field must be specified, and the value for that field must be non-null.";
}
