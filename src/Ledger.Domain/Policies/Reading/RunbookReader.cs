namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads what describes the release: its parts, its procedures and its documents.</summary>
internal static class RunbookReader
{
    internal static Architecture? Architecture(JsonValue value) => value.AsObject(architecture => new Architecture(
        architecture.List("components", Component), architecture.Texts("features"), architecture.List("endpoints", Endpoint)));

    internal static Procedure? Procedure(JsonValue value) => value.AsObject(procedure =>
    {
        var (name, title) = ExpectationReader.NameAndTitle(procedure);
        return new Procedure(
            name, title, procedure.Text("symptoms"), procedure.Texts("commands"), procedure.Texts("steps"), procedure.Duration("objective"));
    });

    internal static Document? Document(JsonValue value) => value.AsObject(document =>
    {
        var path = document.RequiredText("path");
        return new Document(path, document.Text("title") ?? path);
    });

    private static Component? Component(JsonValue value) => value.AsObject(component =>
    {
        var (name, title) = ExpectationReader.NameAndTitle(component);
        return new Component(name, title, component.Texts("consists"));
    });

    private static Endpoint? Endpoint(JsonValue value) => value.AsObject(endpoint =>
    {
        var path = endpoint.RequiredText("path");
        return new Endpoint(endpoint.RequiredText("method"), path, endpoint.Text("title") ?? path);
    });
}
