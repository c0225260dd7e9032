namespace Ledger.GraphQL.Types;

/// <summary>
/// A resolver's answer that its field has an error (§6.4.4). The message goes to the client; that of any other exception does not.
/// </summary>
/// <param name="message">For the client.</param>
/// <param name="code">Goes out as <c>extensions.code</c>: stable.</param>
public sealed class FieldException(string message, string code) : Exception(message)
{
    /// <summary>Goes out as <c>extensions.code</c>.</summary>
    public string Code { get; } = code;
}
