namespace Ledger.GraphQL.Validation;

/// <summary>A rule for documents. Immutable and thread-safe: what it remembers of a document lives in a visitor of its own.</summary>
public sealed class ValidationRule
{
    private readonly Func<ValidationContext, RuleVisitor> _create;

    internal ValidationRule(string name, string section, RuleEvents events, Func<ValidationContext, RuleVisitor> create) =>
        (Name, Section, Events, _create) = (name, section, events, create);

    /// <summary>Its name, such as <c>ScalarLeafs</c>: that of the same rule in graphql-js, without "Rule".</summary>
    public string Name { get; }

    /// <summary>The section of the specification (September 2025) that states it, such as <c>5.3.3</c>; empty for a rule of our own.</summary>
    public string Section { get; }

    internal RuleEvents Events { get; }

    /// <inheritdoc/>
    public override string ToString() => Section.Length == 0 ? Name : $"{Name} (§{Section})";

    internal RuleVisitor Create(ValidationContext context) => _create(context);
}
