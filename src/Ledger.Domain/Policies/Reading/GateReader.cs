using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads gates and NO-GO conditions.</summary>
internal static class GateReader
{
    internal static Gate? Gate(JsonValue value) => value.AsObject(gate =>
    {
        var name = gate.RequiredText("name");
        var tool = gate.Text("tool");
        var criteria = gate.List("criteria", criterion => Criterion(criterion, tool));
        return new Gate(
            name,
            gate.Choice<GateKind>("kind") ?? (criteria.Count > 0 ? GateKind.Report : GateKind.Attestation),
            gate.Text("title") ?? name,
            gate.Flag("required", true),
            gate.Flag("waivable", true),
            criteria,
            gate.List("checks", Check),
            gate.Texts("validate"),
            gate.Text("evidence"));
    });

    internal static NoGoCondition? NoGo(JsonValue value)
    {
        if (ExpectationReader.TryTitleOnly(value, out var name, out var title)) return new NoGoCondition(name, title, []);
        return value.AsObject(noGo =>
        {
            var (given, called) = ExpectationReader.NameAndTitle(noGo);
            var tool = noGo.Text("tool");
            return new NoGoCondition(given, called, noGo.List("when", criterion => Criterion(criterion, tool)));
        });
    }

    private static Criterion? Criterion(JsonValue value, string? tool) => value.AsObject(criterion => new Criterion(
        tool is null ? criterion.RequiredText("tool") : criterion.Text("tool") ?? tool,
        criterion.RequiredText("metric"),
        criterion.RequiredChoice<Comparator>("comparator"),
        criterion.RequiredQuantity("threshold"),
        criterion.Text("title")));

    private static Check? Check(JsonValue value)
    {
        if (ExpectationReader.TryTitleOnly(value, out var name, out var title)) return new Check(name, title);
        return value.AsObject(check =>
        {
            var (given, called) = ExpectationReader.NameAndTitle(check);
            return new Check(given, called, check.OptionalTexts("validate"));
        });
    }
}
