namespace Ledger.Domain.ExternalEvents;

/// <summary>Decides whether an event of another system is kept: always, where its texts can be.</summary>
internal static class KeepDecision
{
    private const int NameLength = 2048;

    public static Decision Decide(ExternalEventCommand.Keep command)
    {
        var told = command.Told;
        return (Name("source", told.Source) ?? Name("id", told.Id) ?? Name("kind", told.Kind) ?? Text.CheckOptional("summary", told.Summary, Text.NoteLength)) is { } unreadable
            ? new Decision.Refused(unreadable)
            : Decision.Accept(told);
    }

    private static Refusal? Name(string what, string text) => Text.Check(what, text, NameLength);
}
