using System.Text;
using Ledger.Cli.Tests.Support;
using Ledger.Integrity.Webhooks;
using Ledger.Testing;

namespace Ledger.Cli.Tests.Commands;

/// <summary>Whether a message is the ledger's, as those ask who write a receiver.</summary>
public sealed class WebhookVerifyTests
{
    private const string Id = "0198c0de-0000-7000-8000-000000000007";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Body = """{"specversion":"1.0"}""";

    [Fact]
    public async Task A_message_is_verified_or_it_is_said_why_not()
    {
        using var shell = new Shell();
        shell.Write("body.json", Body);
        shell.Write("changed.json", Body + "\n");
        shell.Write("secret", Secret + "\n");
        shell.Write("other", Other + "\n");
        shell.Write("both", $"{Other}\n{Secret}\n");
        shell.Write("short", "whsec_c2hvcnQ=\n");
        shell.Write("headers", Headers(Shell.Noon.AddMinutes(-5)));
        shell.Write("old", Headers(Shell.Noon.AddMinutes(-6)));
        shell.Write("none", "host: receiver.example\n");
        shell.Write("twice", Headers(Shell.Noon) + $"{WebhookSignature.IdHeader}: x\n");
        shell.Input = Encoding.UTF8.GetBytes(Body);
        var transcripts = new List<string>();
        foreach (var command in (string[])
            [
                "body.json --headers headers --secret-file secret",
                "- --headers headers --secret-file both",
                "body.json --headers headers --secret-file secret --json",
                "changed.json --headers headers --secret-file secret",
                "body.json --headers headers --secret-file other",
                "body.json --headers old --secret-file both",
                "body.json --headers old --secret-file secret --any-time",
                "body.json --headers none --secret-file secret",
                "body.json --headers twice --secret-file secret",
                "body.json --headers headers --secret-file short",
                "missing.json --headers headers --secret-file secret",
                "body.json",
            ])
        {
            transcripts.Add((await shell.RunAsync($"webhook verify {command}")).Transcript);
        }

        var all = string.Join('\n', transcripts);
        all.ShouldNotContain(Secret[6..]);
        Golden.ShouldMatch(all, "webhook-verify.txt");
    }

    private static string Headers(DateTimeOffset at)
    {
        WebhookSecret.TryParse(Secret, out var secret, out _).ShouldBeTrue();
        var signature = WebhookSignature.Sign(Id, at.ToUnixTimeSeconds(), Encoding.UTF8.GetBytes(Body), [secret!]);
        return $"POST /hook HTTP/1.1\r\nHost: receiver.example\r\nWebhook-Id: {Id}\r\nwebhook-timestamp: {at.ToUnixTimeSeconds()}\r\nwebhook-signature: {signature}\r\n";
    }
}
