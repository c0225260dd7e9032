namespace Ledger.GraphQL.Execution;

/// <summary>A limit ended execution: there is no answer, only this error.</summary>
internal sealed class ExecutionAbortedException(string message, string code) : Exception(message)
{
    public string Code { get; } = code;

    public static ExecutionAbortedException TookTooLong() => new("Execution took too long.", ErrorCodes.ExecutionTimeout);
}
