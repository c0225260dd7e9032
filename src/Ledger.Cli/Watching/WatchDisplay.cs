using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Spectre.Console;

namespace Ledger.Cli.Watching;

/// <summary>
/// Shows events as they come: as lines with bars below them where somebody sits at a terminal, as plain lines where nobody does, and as one
/// JSON object a line for programs.
/// </summary>
internal abstract class WatchDisplay
{
    private const int SequenceWidth = 5;
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs <paramref name="watch"/> with the display that fits.</summary>
    public static Task<int> RunAsync(Session session, Func<WatchDisplay, Task<int>> watch)
    {
        if (session.Json) return watch(new Lines(session.Here.Out));
        if (!session.Here.OutIsTerminal) return watch(new Plain(session.Screen));
        var screen = new TerminalScreen(session.Here, isLive: true);
        if (!screen.MovesCursor) return watch(new Plain(screen));
        return screen.Console.Progress().AutoRefresh(true).AutoClear(false).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context => watch(new Live(screen, context)));
    }

    /// <summary>Shows an event.</summary>
    /// <param name="past">The event.</param>
    /// <param name="json">The same, as the server wrote it.</param>
    public abstract void Show(PastEvent past, JsonElement json);

    /// <summary>Shows how far it is.</summary>
    public virtual void Show(RolloutProgress progress, DateTimeOffset now)
    {
    }

    private sealed class Plain(Screen screen) : WatchDisplay
    {
        public override void Show(PastEvent past, JsonElement json) => HistoryView.Show(screen, past, SequenceWidth);
    }

    private sealed class Lines(TextWriter output) : WatchDisplay
    {
        public override void Show(PastEvent past, JsonElement json)
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, OneLine)) json.WriteTo(writer);
            output.Write(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
            output.Write('\n');
            output.Flush();
        }
    }

    private sealed class Live(TerminalScreen screen, ProgressContext context) : WatchDisplay
    {
        private ProgressTask? _steps;
        private ProgressTask? _watch;

        public override void Show(PastEvent past, JsonElement json) => HistoryView.Show(screen, past, SequenceWidth);

        public override void Show(RolloutProgress progress, DateTimeOffset now)
        {
            if (progress.Steps > 0)
            {
                _steps ??= context.AddTask("rollout", maxValue: progress.Steps);
                _steps.MaxValue = progress.Steps;
                _steps.Value = progress.StepsTaken(now);
                _steps.Description = Markup.Escape(SafeText.Of(progress.DoingAt(now)));
            }

            if (progress.OutSince is not null && progress.Watch is { } watch)
            {
                _watch ??= context.AddTask("watch");
                _watch.Value = progress.WatchOver(now) * 100;
                _watch.Description = Markup.Escape($"watch of {watch:c}");
            }

            context.Refresh();
        }
    }
}
