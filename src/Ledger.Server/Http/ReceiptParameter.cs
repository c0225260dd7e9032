namespace Ledger.Server.Http;

/// <summary><c>?receipt=tlog-proof</c>: whether the answer to a command proves at once that its event is in the log.</summary>
internal static class ReceiptParameter
{
    public const string Name = "receipt";
    public const string TlogProof = "tlog-proof";

    public static Attempt<bool> Read(HttpContext http)
    {
        var values = http.Request.Query[Name];
        if (values.Count == 0) return false;
        return values.Count == 1 && values[0] == TlogProof ? true : Problems.Malformed("parameter_invalid", $"'{Name}' is not {TlogProof}", $"leave it out, or ask for ?{Name}={TlogProof}");
    }
}
