using System.CommandLine;
using Ledger.Cli.Contract;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger whoami</c>: whose token is used, and what it may do.</summary>
internal static class WhoamiCommand
{
    public static Command Create(CommandFactory make) => make.Asking(
        "whoami", "Say whose token is used, and what it may do", [],
        session => session.ShowAsync("v1/whoami", ContractJson.Default.Identity, (screen, identity) => screen.Facts(
            ("subject", identity.Subject), ("role", identity.Role), ("services", string.Join(", ", identity.Services)))));
}
