using System.CommandLine;
using System.Text;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Cli.Pins;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Timestamps;
using Ledger.Verifier;
using Ledger.Verifier.Bundles;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger verify</c>: an exported bundle, with no server and no network. Exit 0 when it is valid, 1 when it is not.</summary>
internal static class VerifyCommand
{
    private const int MaxKeyBytes = 1_024;
    private const int MaxRootsBytes = 1024 * 1024;

    public static Command Create(CommandFactory make)
    {
        var file = new Argument<string>("FILE") { Description = "The bundle, as 'export' wrote it" };
        var key = Typed.Key("--key", "The log's verifier key, from a source you trust; the one that is pinned unless given, else the bundle's own");
        var authorities = new Option<string?>("--timestamp-roots") { HelpName = "FILE", Description = "Certificates in PEM of the authorities whose timestamps count; none is looked at unless given" };
        return make.Offline("verify", "Verify an exported bundle; needs no server and no network", [file, key, authorities], async session =>
        {
            TimestampAnchors? anchors = null;
            if (session.Get(authorities) is { } roots)
            {
                if (!(await InputFile.ReadAsync(session.Here, roots, MaxRootsBytes, session.CancellationToken).ConfigureAwait(false)).TryGet(out var pem, out var unread)) return session.Fail(unread);
                if (!TimestampAnchors.TryParsePem(Encoding.UTF8.GetString(pem), out anchors, out var error)) return session.Fail(Failure.Usage("roots_unreadable", $"{roots}: {error}"));
            }

            return Run(session, session.Get(file), session.Get(key), anchors);
        });
    }

    private static int Run(Session session, string path, VerifierKey? given, TimestampAnchors? anchors)
    {
        try
        {
            using var bundle = new FileStream(session.Here.Resolve(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024);
            if (!Known(session, bundle).TryGet(out var known, out var failure)) return session.Fail(failure);
            var report = BundleVerifier.Verify(bundle, new BundleTrust(given ?? known.Pin?.LogKey, known.Pin?.Checkpoint, anchors));
            if (session.Json) JsonOutput.Write(session.Here.Out, JsonSerializer.SerializeToElement(report, VerifierJson.Default.BundleReport));
            else BundleView.Show(session.Screen, report);
            if (report.Valid && !report.Trusted) session.Hint($"the key is the bundle's own word; hold it against one that you trust: --key '{report.LogKey}'");
            return report.Valid ? ExitCode.Done : ExitCode.Refused;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return session.Fail(Failure.Usage("file_missing", $"there is no file {path}", "check the path"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return session.Fail(Directory.Exists(session.Here.Resolve(path)) ? Failure.Usage("file_is_folder", $"{path} is a folder, not a file") : Failure.Unknown("file_unreadable", $"{path} cannot be read", "check that you may read it"));
        }
    }

    // What is remembered of the log that the bundle says it is of. It says so itself: a name without a pin is worth nothing, and gets nothing.
    private static Result<PinStore.Found> Known(Session session, FileStream bundle)
    {
        if (PinStore.OpenExisting(session.Here) is not { } store) return new PinStore.Found(null);
        var opened = ArchiveReader.Open(bundle, out var archive, out _);
        var claimed = opened.IsValid && archive!.Find(BundlePath.LogKey) is { } entry && archive.Read(entry, MaxKeyBytes) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\n') : "";
        bundle.Position = 0;
        return VerifierKey.TryParse(claimed, out var key, out _) ? store.Of(key.Name) : new PinStore.Found(null);
    }
}
