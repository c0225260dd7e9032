using System.Diagnostics.CodeAnalysis;
using Ledger.Intake;

namespace Ledger.Server.Http;

/// <summary>What people write goes through the redactor before it reaches a command: the log forgets nothing, so it must not learn it.</summary>
internal static class FreeText
{
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Redact(string? text) => text is null ? null : Redactor.Redact(text).Text;
}
