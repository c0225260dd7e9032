namespace Ledger.Intake.CloudEvents;

/// <summary>An event of CloudEvents 1.0 (https://github.com/cloudevents/spec, v1.0.2), however it was carried. As it came: nothing is redacted yet.</summary>
/// <param name="Id">With <paramref name="Source"/> it identifies the event.</param>
/// <param name="Source">A URI reference.</param>
/// <param name="Type">What happened.</param>
/// <param name="Subject">What it happened to, within the source; or null.</param>
/// <param name="Time">When it happened, in UTC to the microsecond; or null.</param>
/// <param name="DataContentType">The media type of <paramref name="Data"/>; null where none is stated, which means JSON where there is data.</param>
/// <param name="DataSchema">An absolute URI, or null.</param>
/// <param name="Extensions">Other attributes, by name, as the text that the type system gives them.</param>
/// <param name="Data">The bytes of the data: of the JSON value as it was written, or what was carried. Null where there is none.</param>
public sealed record CloudEvent(
    string Id,
    string Source,
    string Type,
    string? Subject,
    DateTimeOffset? Time,
    string? DataContentType,
    string? DataSchema,
    IReadOnlyDictionary<string, string> Extensions,
    ReadOnlyMemory<byte>? Data)
{
    /// <summary>Whether the data is JSON: by its media type (<c>application/json</c>, <c>…+json</c>), or because none is stated.</summary>
    public bool HasJson => Data is not null && (DataContentType is null || MediaTypes.IsJson(DataContentType));
}
