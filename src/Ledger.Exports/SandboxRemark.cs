using Ledger.Domain.Log;

namespace Ledger.Exports;

/// <summary>Says beside a ledger's name that its times were given, where they were.</summary>
internal static class SandboxRemark
{
    /// <summary>The remark; empty for a ledger whose times are real.</summary>
    public static string Of(string origin) => Sandbox.IsOrigin(origin) ? " (a sandbox: its times were given)" : "";
}
