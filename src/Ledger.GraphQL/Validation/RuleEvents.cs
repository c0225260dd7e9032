namespace Ledger.GraphQL.Validation;

/// <summary>What of a document a rule wants to be told. The walk asks no rule about anything else.</summary>
[Flags]
internal enum RuleEvents
{
    None = 0,
    EnterDocument = 1 << 0,
    LeaveDocument = 1 << 1,
    Operation = 1 << 2,
    Fragment = 1 << 3,
    Variable = 1 << 4,
    SelectionSet = 1 << 5,
    EnterField = 1 << 6,
    LeaveField = 1 << 7,
    Spread = 1 << 8,
    InlineFragment = 1 << 9,
    DirectiveList = 1 << 10,
    EnterDirective = 1 << 11,
    LeaveDirective = 1 << 12,
    Argument = 1 << 13,
    Value = 1 << 14,
    ObjectValue = 1 << 15,
    TypeName = 1 << 16,
    TypeSystem = 1 << 17,
}
