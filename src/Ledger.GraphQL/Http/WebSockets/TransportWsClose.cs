namespace Ledger.GraphQL.Http.WebSockets;

/// <summary>Why a connection is closed.</summary>
/// <param name="Code">A close code of WebSockets (RFC 6455, §7.4), by the protocol.</param>
/// <param name="Reason">For the developer of the client.</param>
internal readonly record struct TransportWsClose(int Code, string Reason)
{
    public static readonly TransportWsClose Normal = new(1000, "");
    public static readonly TransportWsClose Idle = new(1000, "Idle");
    public static readonly TransportWsClose TooLarge = new(1009, "Message too large");
    public static readonly TransportWsClose InvalidMessage = new(4400, "Invalid message");
    public static readonly TransportWsClose Unauthorized = new(4401, "Unauthorized");
    public static readonly TransportWsClose Forbidden = new(4403, "Forbidden");
    public static readonly TransportWsClose SubprotocolNotAcceptable = new(4406, "Subprotocol not acceptable");
    public static readonly TransportWsClose InitialisationTimeout = new(4408, "Connection initialisation timeout");
    public static readonly TransportWsClose TooManyInitialisations = new(4429, "Too many initialisation requests");
    public static readonly TransportWsClose TooManyOperations = new(4429, "Too many operations");
    public static readonly TransportWsClose Internal = new(4500, "Internal server error");

    // A reason has at most 123 bytes, so the id, which the client knows, is left out.
    public static readonly TransportWsClose DuplicateId = new(4409, "Subscriber for this id already exists");
}
