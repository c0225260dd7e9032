using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Ledger.Server.Telemetry;

/// <summary>The server's log: JSON lines on standard error, redacted.</summary>
internal static class Logging
{
    /// <summary>The logs of everything in the process. Disposing it writes what is left.</summary>
    public static SerilogLoggerFactory Create(LogEventLevel minimum) => new(
        new LoggerConfiguration()
            .MinimumLevel.Is(minimum)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            // A frozen database is told of once a request by the pipeline; Kestrel would tell of each aborted connection as well.
            .MinimumLevel.Override("Microsoft.AspNetCore.Server.Kestrel", LogEventLevel.Error)
            // Off, ASP.NET Core makes no logging scope and no activity for a request that nobody traces.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
            .WriteTo.Console(new RedactedLines(), standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger(),
        dispose: true);
}
