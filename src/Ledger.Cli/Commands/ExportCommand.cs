using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger export</c>: a release, or everything in a period, as a file that verifies without the ledger. The file is whole or not there.</summary>
internal static class ExportCommand
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);
    private static readonly Dictionary<string, string> MediaTypes = new() { ["zip"] = "application/zip", ["csv"] = "text/csv", ["ndjson"] = "application/x-ndjson" };

    public static Command Create(CommandFactory make)
    {
        var release = new Argument<ReleaseId?>("RELEASE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The release, as service/version; a period instead, with --from and --to",
            CustomParser = result => ReleaseId.TryParse(result.Tokens[0].Value) is { } id ? id : Unreadable(result),
        };
        var output = new Option<string>("--out") { HelpName = "FILE", Required = true, Description = "Where it goes; what is there already is replaced" };
        var evidence = new Option<bool>("--with-evidence") { Description = "With the reports themselves, and not their digests alone" };
        var from = Typed.Bound("--from", "The beginning of the period");
        var to = Typed.Bound("--to", "The end of the period, itself not in it");
        var service = new Option<string?>("--service") { HelpName = "S", Description = "Only this service's releases" };
        var format = Typed.OneOf("--format", "What is written of a period", [.. MediaTypes.Keys]);
        var control = new Option<string?>("--control") { HelpName = "C", Description = "With the mapping from a control, such as CC8.1, to the very events" };

        var command = make.Asking("export", "Export a release, or a period", [release, output, evidence, from, to, service, format, control], session =>
        {
            var path = session.Find(release) is { } id
                ? Routes.Query(Routes.Release(id, "/export"), ("evidence", session.Get(evidence) ? "true" : null), ("control", session.Get(control)))
                : Routes.Query(
                    "v1/export", ("from", UtcTimeJsonConverter.ToText(session.Get(from)!.Value)), ("to", UtcTimeJsonConverter.ToText(session.Get(to)!.Value)),
                    ("service", session.Get(service)), ("format", session.Get(format) ?? "zip"), ("control", session.Get(control)));
            return RunAsync(session, path, MediaTypes[session.Get(format) ?? "zip"], session.Here.Resolve(session.Get(output)!));
        });
        command.Validators.Add(result =>
        {
            var ofRelease = result.GetResult(release) is { Tokens.Count: > 0 };
            if (ofRelease && new Option[] { from, to, service, format }.Any(option => result.GetResult(option) is not null))
                result.AddError("a release is exported whole: --from, --to, --service and --format are for a period");
            if (!ofRelease && (result.GetResult(from) is null || result.GetResult(to) is null)) result.AddError("name a release, or a period: --from TIME --to TIME");
            if (!ofRelease && result.GetResult(evidence) is not null) result.AddError("--with-evidence is for a release");
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, string path, string mediaType, string file)
    {
        if (OutputFile.Check(file) is { } unwritable) return session.Fail(unwritable);
        try
        {
            var exported = await OutputFile.ReplaceAsync(file, stream => session.DownloadAsync(path, mediaType, stream, Credentials.Reading, LongEnough)).ConfigureAwait(false);
            return exported.TryGet(out var length, out var failure) ? Show(session, file, length) : session.Fail(failure);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return session.Fail(OutputFile.Unwritable(file));
        }
    }

    private static int Show(Session session, string file, long length)
    {
        if (session.Json)
        {
            JsonOutput.Write(session.Here.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("file", file);
                writer.WriteNumber("bytes", length);
                writer.WriteEndObject();
            });
        }
        else
        {
            session.Screen.Line("exported ", new Piece(file, Tone.Strong), new Piece($"  {Wording.Number(length)} bytes", Tone.Quiet));
        }

        return ExitCode.Done;
    }

    private static ReleaseId? Unreadable(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is not a release; write service/version, e.g. shop/v1.2.3");
        return null;
    }
}
