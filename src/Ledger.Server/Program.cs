using System.Runtime.InteropServices;
using Ledger.Server.Hosting;
using Ledger.Store.Embedded;
using Npgsql;

// Told to stop while it starts, it stops: what has been started already is ended in order.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    var settings = ServerSettings.From(new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .Build());
    await using var server = await LedgerServer.StartAsync(settings, TimeProvider.System, stop.Token);
    Console.WriteLine(StartupNotice.Of(server, settings));
    await server.WaitForShutdownAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (Exception exception) when (exception is EmbeddedPostgresException or NpgsqlException or InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"ledger-server: {exception.Message}");
    if (exception is EmbeddedPostgresException { Hint: { } hint }) await Console.Error.WriteLineAsync($"hint: {hint}");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
