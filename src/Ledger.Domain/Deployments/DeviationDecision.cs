namespace Ledger.Domain.Deployments;

/// <summary>Decides whether a deviation can be put on record.</summary>
internal static class DeviationDecision
{
    private const int CodeLength = 64;

    public static Decision Decide(DeploymentCommand.RecordDeviation command, Observation observed)
    {
        if (command.Code.Length is 0 or > CodeLength || !command.Code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            return Decision.Refuse("code_invalid", "the code of a deviation is snake_case", $"write 1 to {CodeLength} lower-case letters, digits and '_', e.g. drifted");
        return (Text.Check("message", command.Message, Text.NoteLength) ?? (command.Subject is null ? null : Text.CheckName("subject", command.Subject))) is { } unreadable
            ? new Decision.Refused(unreadable)
            : Decision.Accept(new DeploymentEvent.DeviationRecorded(command.Code, command.Message, observed, command.Subject));
    }
}
