using System.Text.Json;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>
/// What <c>opa eval --format json</c> prints (https://www.openpolicyagent.org/docs/cli). An undefined query prints <c>{}</c> and proves nothing.
/// </summary>
/// <remarks>
/// A query that asks for a rule named <c>deny…</c> or <c>violation…</c> lists violations, so its values count as such: a set by its members, a
/// boolean by being true. Other queries count by whether their value is true or false; other values answer no question.
/// </remarks>
internal sealed class OpaReader : DocumentReader
{
    public override string Tool => "opa";

    public override bool Recognises(Node root) =>
        (root["result"] is { IsArray: true } result && result.Items().All(item => item.Has("expressions"))) || (root["errors"].IsArray && root.Members().Count() == 1);

    public override bool MayHaveWritten(Node root) => root.IsObject && !root.Members().Any();

    public override void Read(Node root, Findings findings)
    {
        if (root.ArrayLength("errors") > 0) findings.ProvesNothing("opa reports errors");
        long holds = 0, fails = 0, booleans = 0, violations = 0, denials = 0, total = 0;
        foreach (var expression in root.Objects("result").SelectMany(result => result.Objects("expressions")))
        {
            total++;
            var value = expression["value"];
            if (ListsViolations(expression.Text("text") ?? string.Empty))
            {
                denials++;
                violations += Violations(value);
            }
            else if (value.Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                booleans++;
                if (value.Element.GetBoolean()) holds++;
                else fails++;
            }
        }

        if (total == 0) findings.ProvesNothing("the query is undefined");
        else if (booleans + denials == 0) findings.ProvesNothing("no expression is true or false or lists violations");
        if (total > 0) findings.Count("expressions.total", total);
        if (booleans > 0)
        {
            findings.Count("expressions.true", holds);
            findings.Count("expressions.false", fails);
        }

        if (denials > 0) findings.Count("violations", violations);
    }

    private static long Violations(Node value) => value.Element.ValueKind switch
    {
        JsonValueKind.Array => value.Element.GetArrayLength(),
        JsonValueKind.Object => value.Members().LongCount(),
        JsonValueKind.False or JsonValueKind.Undefined or JsonValueKind.Null => 0,
        _ => 1,
    };

    // data.main.deny, data.main.deny[msg], data.k8s.violation_privileged
    private static bool ListsViolations(string text)
    {
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        var reference = bracket < 0 ? text : text[..bracket];
        var rule = reference[(reference.LastIndexOf('.') + 1)..];
        return rule.StartsWith("deny", StringComparison.Ordinal) || rule.StartsWith("violation", StringComparison.Ordinal);
    }
}
