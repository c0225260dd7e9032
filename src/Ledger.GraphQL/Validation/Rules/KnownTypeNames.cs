using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Fragment spread type existence (§5.5.1.2), and the same of every other type that a document refers to.</summary>
internal sealed class KnownTypeNames(ValidationContext context) : RuleVisitor(context)
{
    public override void VisitTypeName(NamedTypeNode type, bool isInTypeSystem)
    {
        var name = type.Name.Value;
        if (Context.Schema?.FindType(name) is not null || Context.DefinedTypes.Contains(name)) return;
        if (isInTypeSystem && (Scalars.Find(name) is not null || Introspection.Find(name) is not null)) return;
        Context.Report($"Unknown type \"{name}\".{Context.Suggest(name, Names(isInTypeSystem))}", type);
    }

    private IEnumerable<string> Names(bool isInTypeSystem) =>
        (isInTypeSystem ? Scalars.All.Concat(Introspection.Types) : Enumerable.Empty<NamedType>())
        .Concat(Context.Schema?.Types ?? []).Select(type => type.Name).Concat(Context.DefinedTypes).Distinct(StringComparer.Ordinal);
}
