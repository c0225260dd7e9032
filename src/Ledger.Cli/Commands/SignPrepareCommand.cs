using System.CommandLine;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Cli.Signing;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger sign prepare</c>: what would be signed, as a file that is signed or submitted elsewhere.</summary>
internal static class SignPrepareCommand
{
    /// <summary>What the file of the bytes to be signed adds to the statement's.</summary>
    public const string ToBeSignedSuffix = ".pae";

    public static Command Create(CommandFactory make)
    {
        var options = new SignOptions();
        var key = SignCommand.KeyFile();
        var output = new Option<string>("--out")
        {
            HelpName = "FILE",
            Required = true,
            Description = $"Where it goes: with --key the signed envelope, without it the statement, and beside it in FILE{ToBeSignedSuffix} the bytes that a key has to sign",
        };
        return make.Asking("prepare", "Write down what would be signed, to be signed or submitted elsewhere", [.. options.Symbols, key, output], session =>
            RunAsync(session, options.Wish(session), session.Get(key), session.Here.Resolve(session.Get(output)!)));
    }

    private static async Task<int> RunAsync(Session session, SignOffWish wish, string? keyFile, string path)
    {
        if (OutputFile.Check(path) is { } unwritable) return session.Fail(unwritable);
        var prepared = await SignOffDesk.PrepareAsync(session, wish, Credentials.Preparing).ConfigureAwait(false);
        if (!prepared.TryGet(out var ready, out var failure)) return session.Fail(failure);

        var draft = ready.Draft;
        (string Path, byte[] Content)[] files = [(path, draft.Payload.ToArray()), (path + ToBeSignedSuffix, draft.ToBeSigned)];
        if (keyFile is not null)
        {
            if (!ready.Keys.TryGet(out var enrolled, out failure)) return session.Fail(failure);
            if (!(await StatementSigner.OfFileAsync(session, keyFile, enrolled).ConfigureAwait(false)).TryGet(out var hand, out failure)) return session.Fail(failure);
            if (!(await hand.SignAsync(draft.ToBeSigned, enrolled, session.CancellationToken).ConfigureAwait(false)).TryGet(out var signature, out failure)) return session.Fail(failure);
            files = [(path, SignOffDesk.Seal(draft.Payload, signature).ToBytes())];
        }

        try
        {
            foreach (var file in files) OutputFile.Replace(file.Path, stream => stream.Write(file.Content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return session.Fail(OutputFile.Unwritable(path));
        }

        if (session.Json)
        {
            JsonOutput.Write(session.Here.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("signed", keyFile is not null);
                writer.WriteStartArray("files");
                foreach (var file in files) writer.WriteStringValue(file.Path);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }
        else
        {
            DraftView.Show(session.Screen, draft);
            screenFiles(session.Screen);
        }

        SignCommand.Warn(session, draft);
        session.Hint(keyFile is null
            ? $"sign the bytes of {path}{ToBeSignedSuffix}, then: ledger sign submit {path} --signature FILE"
            : $"hand it in: ledger sign submit {path}");
        return ExitCode.Done;

        void screenFiles(Screen screen) => screen.Facts([.. files.Select(file => ("written", (string?)file.Path))]);
    }
}
