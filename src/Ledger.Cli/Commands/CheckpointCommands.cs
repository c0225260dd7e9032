using System.CommandLine;
using System.Text;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Cli.Pins;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger checkpoint</c>: what is remembered of ledgers, so that a log that is forked or rolled back is found out.</summary>
internal static class CheckpointCommands
{
    public static Command Create(CommandFactory make) =>
        CommandFactory.Group("checkpoint", "See and set what is remembered of ledgers' logs", Show(make), Pin(make));

    private static Command Show(CommandFactory make) => make.Offline("show", "Show every log that is pinned; needs no server", [], session =>
    {
        if (StateFolder.Find(session.Here) is null || PinStore.Open(session.Here) is not { } store)
            return Task.FromResult(session.Fail(Failure.Usage("state_missing", "there is no folder to keep pins in", "set LEDGER_STATE to a folder that you may write to")));
        if (!store.All().TryGet(out var pins, out var failure)) return Task.FromResult(session.Fail(failure));
        if (session.Json) JsonOutput.Write(session.Here.Out, writer => WriteJson(writer, pins, store));
        else if (pins.Count == 0) session.Screen.Line(new Piece("nothing is pinned", Tone.Quiet));
        else pins.ForEach(pin => PinView.Show(session.Screen, pin, store.FileOf(pin.Origin)));
        return Task.FromResult(ExitCode.Done);
    });

    private static Command Pin(CommandFactory make)
    {
        var key = Typed.Key("--key", "The key that the log must have, from a source you trust");
        var checkpoint = new Option<string?>("--checkpoint") { HelpName = "FILE", Description = "A checkpoint that somebody else kept: the log must continue it too" };
        var replace = new Option<bool>("--replace") { Description = "Forget what was pinned at this address: for a ledger that you know to be new" };
        return make.Asking("pin", "Remember the newest checkpoint of the ledger", [key, checkpoint, replace], async session =>
        {
            string? signed = null;
            if (session.Get(checkpoint) is { } file)
            {
                var opened = await InputFile.ReadAsync(session.Here, file, Note.MaxBytes, session.CancellationToken).ConfigureAwait(false);
                if (!opened.TryGet(out var bytes, out var unread)) return session.Fail(unread);
                signed = Encoding.UTF8.GetString(bytes);
            }

            var pinned = await session.PinAsync(session.Get(key), signed, session.Get(replace)).ConfigureAwait(false);
            if (!pinned.TryGet(out var log, out var failure)) return session.Fail(failure);
            var store = PinStore.Open(session.Here)!;
            if (session.Json) JsonOutput.Write(session.Here.Out, writer => WriteJson(writer, [log.Pin], store));
            else PinView.Show(session.Screen, log.Pin, store.FileOf(log.Origin));
            return ExitCode.Done;
        });
    }

    private static void WriteJson(Utf8JsonWriter writer, List<Pin> pins, PinStore store)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("pins");
        foreach (var pin in pins)
        {
            writer.WriteStartObject();
            writer.WriteString("origin", pin.Origin);
            writer.WriteString("logKey", pin.LogKey.ToString());
            writer.WriteNumber("size", pin.Size);
            writer.WriteString("root", pin.Checkpoint.Root.ToString());
            writer.WriteString("checkpoint", pin.Signed);
            writer.WriteStartArray("addresses");
            foreach (var address in pin.Addresses) writer.WriteStringValue(address);
            writer.WriteEndArray();
            writer.WriteString("file", store.FileOf(pin.Origin));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
