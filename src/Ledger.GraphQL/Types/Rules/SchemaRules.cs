using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>The rules of section 3 that a type system has to keep. What a schema breaks is found all at once.</summary>
internal sealed class SchemaRules
{
    private readonly List<GraphQLError> _errors = [];

    private SchemaRules(Schema schema) => Schema = schema;

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>What is wrong with a schema; empty when nothing is.</summary>
    public static ImmutableArray<GraphQLError> Check(Schema schema)
    {
        var rules = new SchemaRules(schema);
        RootTypeRules.Check(rules);
        DirectiveRules.Check(rules);
        TypeRules.Check(rules);
        InputCycleRules.Check(rules);
        return [.. rules._errors];
    }

    /// <summary>Reports an error.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="nodes">Where it was read from; nulls for what was written in C#.</param>
    public void Report(string message, params ReadOnlySpan<Node?> nodes)
    {
        var locations = ImmutableArray.CreateBuilder<SourceLocation>();
        foreach (var node in nodes)
        {
            if (node is not null && Schema.Definition.Source is { } source) locations.Add(source.LocationOf(node.Start));
        }

        _errors.Add(new GraphQLError(message, ErrorCodes.InvalidSchema, locations.DrainToImmutable()));
    }

    /// <summary>The <c>@deprecated</c> among directives; null when there is none.</summary>
    public static DirectiveNode? DeprecatedAt(ImmutableArray<DirectiveNode>? directives) =>
        directives?.FirstOrDefault(directive => directive.Name.Value == SpecifiedDirectives.Deprecated.Name);

    /// <summary>Names are <c>Name</c>s, and two underscores are introspection's (§2.1.9, §4).</summary>
    public void CheckName(string name, Node? node)
    {
        if (!SyntaxText.IsName(name)) Report($"\"{name}\" is not a name.", node);
        else if (name.StartsWith("__", StringComparison.Ordinal)) Report($"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.", node);
    }

    /// <summary>What holds for arguments and input fields alike.</summary>
    /// <param name="input">The argument or field.</param>
    /// <param name="coordinate">Its schema coordinate, such as <c>Query.release(id:)</c>.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="isOfDirective">Whether it is an argument of a directive.</param>
    public void CheckInput(InputValueDefinition input, string coordinate, string what, bool isOfDirective = false)
    {
        CheckName(input.Name, input.Syntax);
        if (!input.Type.IsInput)
        {
            Report($"The type of {coordinate} must be Input Type but got: {input.Type}.", isOfDirective ? input.Syntax : input.Syntax?.Type);
            return;
        }

        if (input.IsRequired && input.DeprecationReason is not null) Report($"Required {what} {coordinate} cannot be deprecated.", DeprecatedAt(input.Syntax?.Directives), input.Syntax?.Type);
        if (input.DefaultLiteral is not { } literal) return;
        LiteralCheck.Check(literal, input.Type, problem =>
            Report($"{coordinate} has invalid default value{(problem.Path.Length == 0 ? "" : $" at {problem.Path}")}: {problem.Message}", input.Syntax is null ? null : problem.Node), suggest: true);
    }
}
