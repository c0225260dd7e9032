using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Directives are unique per location (§5.7.3). A definition and its extensions are one location.</summary>
internal sealed class UniqueDirectivesPerLocation(ValidationContext context) : RuleVisitor(context)
{
    private readonly Dictionary<string, DirectiveNode> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, DirectiveNode>> _seenByType = new(StringComparer.Ordinal);

    public override void VisitDirectives(ImmutableArray<DirectiveNode> directives, Node owner)
    {
        var seen = SeenAt(owner, directives.Length);
        if (seen is null) return;
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (Context.FindDirective(name) is not { IsRepeatable: false } || seen.TryAdd(name, directive)) continue;
            Context.Report($"The directive \"@{name}\" can only be used once at this location.", seen[name], directive);
        }
    }

    private Dictionary<string, DirectiveNode>? SeenAt(Node owner, int count)
    {
        if (owner is TypeSystemNode)
        {
            // A type has a name, the schema has none.
            var name = (owner as TypeDefinitionNode)?.Name.Value ?? "";
            if (!_seenByType.TryGetValue(name, out var seen)) _seenByType.Add(name, seen = new Dictionary<string, DirectiveNode>(StringComparer.Ordinal));
            return seen;
        }

        if (count == 1) return null;
        _seen.Clear();
        return _seen;
    }
}
