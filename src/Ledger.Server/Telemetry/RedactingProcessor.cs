using System.Diagnostics;
using Ledger.Intake;
using OpenTelemetry;

namespace Ledger.Server.Telemetry;

/// <summary>Redacts the texts of a span before it is exported: addresses can carry what callers put into them.</summary>
internal sealed class RedactingProcessor : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            if (value is string text && Redactor.Redact(text) is { Count: > 0 } redacted) data.SetTag(name, redacted.Text);
        }

        if (data.StatusDescription is { } description && Redactor.Redact(description) is { Count: > 0 } status) data.SetStatus(data.Status, status.Text);
        if (Redactor.Redact(data.DisplayName) is { Count: > 0 } display) data.DisplayName = display.Text;
    }
}
