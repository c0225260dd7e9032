namespace Ledger.Domain.ExternalEvents;

/// <summary>Decides whether an event of another system is kept: always, where its texts can be.</summary>
internal static class KeepDecision
{
    private const int NameLength = 2048;

    public static Decision Decide(ExternalEventCommand.Keep command)
    {
        var told = command.Told;
        return Unreadable(told.Source, told.Id, told.Kind, told.Summary) is { } unreadable ? new Decision.Refused(unreadable) : Decision.Accept(told);
    }

    /// <summary>Why its texts cannot be kept; null where they can.</summary>
    public static Refusal? Unreadable(string source, string id, string kind, string? summary) =>
        Name("source", source) ?? Name("id", id) ?? Name("kind", kind) ?? Text.CheckOptional("summary", summary, Text.NoteLength);

    private static Refusal? Name(string what, string text) => Text.Check(what, text, NameLength);
}
