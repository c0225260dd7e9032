using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>Field selections (§5.3.1): the type has the field.</summary>
internal sealed class FieldsOnCorrectType(ValidationContext context) : RuleVisitor(context)
{
    public override void EnterField(FieldNode field)
    {
        if (Context.ParentType is { } type && Context.Field is null)
            Context.Report($"Cannot query field \"{field.Name.Value}\" on type \"{type}\".{Suggest(type, field.Name.Value)}", field);
    }

    private string Suggest(CompositeType type, string name)
    {
        if (!Context.Options.Suggest) return "";
        var types = FindTypesWith(type, name);
        if (types.Count > 0) return Suggestions.List(types.ConvertAll(each => each.Name), "to use an inline fragment on");
        return type is FieldedType fielded ? Suggestions.For(name, fielded.Fields.Select(each => each.Name)) : "";
    }

    // The possible types that have the field and their interfaces that have it, those that say most about them first.
    private List<FieldedType> FindTypesWith(CompositeType type, string name)
    {
        if (type is ObjectType) return [];
        var uses = new Dictionary<FieldedType, int>();
        foreach (var possible in Context.Schema!.PossibleTypes(type))
        {
            if (possible.Find(name) is null) continue;
            uses[possible] = 1;
            foreach (var contract in possible.Interfaces)
            {
                if (contract.Find(name) is not null) uses[contract] = uses.GetValueOrDefault(contract) + 1;
            }
        }

        return [.. uses.Keys.Order(Comparer<FieldedType>.Create((one, other) => Compare(one, other, uses)))];
    }

    private int Compare(FieldedType one, FieldedType other, Dictionary<FieldedType, int> uses)
    {
        if (uses[one] != uses[other]) return uses[other].CompareTo(uses[one]);
        if (one is InterfaceType && Context.Schema!.IsSubType(one, other)) return -1;
        if (other is InterfaceType && Context.Schema!.IsSubType(other, one)) return 1;
        return string.CompareOrdinal(one.Name, other.Name);
    }
}
