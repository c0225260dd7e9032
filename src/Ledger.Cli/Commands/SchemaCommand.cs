using System.CommandLine;
using System.Text;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger schema</c>: what can be asked by GraphQL.</summary>
internal static class SchemaCommand
{
    private const string Path = "graphql/schema.graphql";
    private const string MediaType = "text/plain";

    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    public static Command Create(CommandFactory make)
    {
        var output = new Option<string?>("--out") { HelpName = "FILE", Description = "Where it goes; what is there already is replaced" };
        return CommandFactory.Group("schema", "See what can be asked by GraphQL", make.Asking(
            "print", "Print the server's GraphQL schema", [output], session => session.Get(output) is { } file ? WriteAsync(session, session.Here.Resolve(file)) : PrintAsync(session)));
    }

    private static async Task<int> PrintAsync(Session session)
    {
        using var text = new MemoryStream();
        if (!(await session.DownloadAsync(Path, MediaType, text, Credentials.Reading, LongEnough).ConfigureAwait(false)).TryGet(out _, out var failure)) return session.Fail(failure);
        var schema = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        if (session.Json)
        {
            JsonOutput.Write(session.Here.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", schema);
                writer.WriteEndObject();
            });
        }
        else
        {
            await session.Here.Out.WriteAsync(schema).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static async Task<int> WriteAsync(Session session, string file)
    {
        if (OutputFile.Check(file) is { } unwritable) return session.Fail(unwritable);
        try
        {
            var written = await OutputFile.ReplaceAsync(file, stream => session.DownloadAsync(Path, MediaType, stream, Credentials.Reading, LongEnough)).ConfigureAwait(false);
            if (!written.TryGet(out var length, out var failure)) return session.Fail(failure);
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
                session.Screen.Line("wrote ", new Piece(file, Tone.Strong), new Piece($"  {Wording.Number(length)} bytes", Tone.Quiet));
            }

            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return session.Fail(OutputFile.Unwritable(file));
        }
    }
}
