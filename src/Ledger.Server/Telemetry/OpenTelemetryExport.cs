using Ledger.GraphQL.Execution;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ledger.Server.Telemetry;

/// <summary>
/// Traces and metrics over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector; without one nothing is collected at all. The
/// exporter reads the other <c>OTEL_EXPORTER_OTLP_*</c> variables itself.
/// </summary>
internal sealed class OpenTelemetryExport : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private OpenTelemetryExport(TracerProvider traces, MeterProvider metrics) => (_traces, _metrics) = (traces, metrics);

    /// <summary>Starts exporting; null where no collector is named.</summary>
    public static OpenTelemetryExport? Start()
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Endpoint))) return null;
        var resource = ResourceBuilder.CreateDefault().AddService("ledger", serviceVersion: typeof(OpenTelemetryExport).Assembly.GetName().Version?.ToString(3));
        var traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "Npgsql", RequestMetrics.Name, OperationTelemetry.Name)
            .SetSampler(new AlwaysOnSampler())
            .AddProcessor(new RedactingProcessor())
            .AddProcessor(new KeepErrorsProcessor(new BatchActivityExportProcessor(new OtlpTraceExporter(new OtlpExporterOptions()))))
            .Build();
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(RequestMetrics.Name, OperationTelemetry.Name, "Ledger.Store", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter()
            .Build();
        return new OpenTelemetryExport(traces, metrics);
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
