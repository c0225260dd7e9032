using System.CommandLine;
using System.Text;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Integrity.Webhooks;

namespace Ledger.Cli.Commands;

/// <summary>
/// <c>ledger webhook verify</c>: whether a message is the ledger's, for those who write a receiver. Exit 0 when it is, 1 when it is not.
/// </summary>
internal static class WebhookVerifyCommand
{
    private const int MaxBodyBytes = 16 * 1024 * 1024;
    private const int MaxTextBytes = 64 * 1024;

    private static readonly string[] Names = [WebhookSignature.IdHeader, WebhookSignature.TimestampHeader, WebhookSignature.SignatureHeader];

    public static Command Create(CommandFactory make)
    {
        var body = Typed.File("The body, byte for byte as it arrived");
        var headers = new Option<string>("--headers") { HelpName = "FILE", Required = true, Description = "The request's headers, one a line, as Name: value" };
        var secret = new Option<string>("--secret-file") { HelpName = "FILE", Required = true, Description = "The secret, or two of them while one is exchanged" };
        var anyTime = new Option<bool>("--any-time") { Description = "However old it is: for a message that was kept" };
        return make.Offline("verify", "Check a message's signature; needs no server", [body, headers, secret, anyTime], async session =>
        {
            if (!(await TextAsync(session, session.Get(secret)!).ConfigureAwait(false)).TryGet(out var text, out var failure)) return session.Fail(failure);
            if (!Secrets(text).TryGet(out var secrets, out failure)) return session.Fail(failure);
            if (!(await TextAsync(session, session.Get(headers)!).ConfigureAwait(false)).TryGet(out text, out failure)) return session.Fail(failure);
            if (!Headers(text).TryGet(out var values, out failure)) return session.Fail(failure);
            var opened = await InputFile.ReadAsync(session.Here, session.Get(body), MaxBodyBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var bytes, out failure)) return session.Fail(failure);

            DateTimeOffset? now = session.Get(anyTime) ? null : session.Here.Time.GetUtcNow();
            var checks = secrets.ConvertAll(each => WebhookSignature.Verify(values[0], values[1], values[2], bytes, each, now));
            if (checks.Find(check => check.IsValid) is null)
            {
                // Of two secrets the one that signed has the better reason.
                var check = checks.Find(each => each.Code != "webhook_signature_wrong") ?? checks[0];
                return session.Fail(Failure.Refused(check.Code!, $"the message is not to be believed: {check.Reason}"));
            }

            if (session.Json)
            {
                JsonOutput.Write(session.Here.Out, writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteBoolean("verified", true);
                    writer.WriteString("id", values[0]);
                    writer.WriteEndObject();
                });
            }
            else
            {
                session.Screen.Line(new Piece("verified", Tone.Good), "  ", new Piece(values[0], Tone.Strong));
            }

            return ExitCode.Done;
        });
    }

    private static async Task<Result<string>> TextAsync(Session session, string file) =>
        (await InputFile.ReadAsync(session.Here, file, MaxTextBytes, session.CancellationToken).ConfigureAwait(false)).TryGet(out var bytes, out var failure)
            ? Encoding.UTF8.GetString(bytes)
            : failure;

    private static Result<List<WebhookSecret>> Secrets(string text)
    {
        var secrets = new List<WebhookSecret>();
        foreach (var each in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!WebhookSecret.TryParse(each, out var secret, out var error)) return Failure.Usage("secret_malformed", $"the file holds no secret: {error}");
            secrets.Add(secret);
        }

        return secrets.Count > 0 ? secrets : Failure.Usage("secret_malformed", "the file holds no secret");
    }

    // The three that are needed, in the order of Names; others are passed by, and so is a request line.
    private static Result<string[]> Headers(string text)
    {
        var values = new string?[Names.Length];
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(':', 2) is not [var name, var value]) continue;
            var place = Array.FindIndex(Names, each => each.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (place < 0) continue;
            if (values[place] is not null) return Failure.Refused("webhook_header_repeated", $"there are two headers {Names[place]}");
            values[place] = value.Trim();
        }

        var missing = Array.FindIndex(values, value => value is null);
        return missing < 0 ? values! : Failure.Refused("webhook_header_missing", $"there is no header {Names[missing]}", "give all headers of the request, one a line");
    }
}
