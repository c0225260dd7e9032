namespace Ledger.GraphQL.Types;

/// <summary>Directives (§3.13): a place to stand, and arguments of input types.</summary>
internal static class DirectiveRules
{
    public static void Check(SchemaRules rules)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directive in rules.Schema.Directives)
        {
            rules.CheckName(directive.Name, directive.Syntax);
            if (!names.Add(directive.Name)) rules.Report($"There can be only one directive named \"@{directive.Name}\".", directive.Syntax?.Name);
            if (directive.Locations.IsEmpty) rules.Report($"Directive @{directive.Name} must include 1 or more locations.", directive.Syntax);
            foreach (var argument in directive.Arguments) rules.CheckInput(argument, $"@{directive.Name}({argument.Name}:)", "argument", isOfDirective: true);
            foreach (var twice in directive.Arguments.GroupBy(argument => argument.Name).Where(group => group.Count() > 1))
                rules.Report($"Argument \"@{directive.Name}({twice.Key}:)\" can only be defined once.", twice.Last().Syntax?.Name);
        }
    }
}
