using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Ledger.Server.Tests.Intake;

/// <summary>The CloudEvents project's own client talks to the server. Its package is installed on first use.</summary>
[Collection(ServerCollection.Name)]
public sealed class CloudEventsClientTests(RunningServer server)
{
    [Fact]
    public async Task The_SDK_for_JavaScript_is_understood_in_every_mode()
    {
        var release = await RolledOut.OpenAsync(server);
        var folder = Beside();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "cloudevents"))) Run("npm", "ci --no-audit --no-fund", folder, "");

        var seen = JsonElement.Parse(Run("node", "send.js", folder, JsonSerializer.Serialize(new { url = new Uri(server.Address, "v1/events").ToString(), token = server.Token("ci"), release = release.Name })));

        seen.EnumerateArray().Select(answer => answer.GetProperty("status").GetInt32()).ShouldBe([201, 201, 200, 200], seen.ToString());
        seen.EnumerateArray().SelectMany(answer => answer.GetProperty("body").GetProperty("events").EnumerateArray()).Select(outcome => outcome.Text("outcome"))
            .ShouldBe(["kept", "kept", "repeated", "kept", "repeated"]);
        var kept = (await RolledOut.EventsAsync(server, release.Path)).First(entry => entry.Text("type") == "external_event_kept").GetProperty("data");
        (await server.Client().GetStringAsync($"v1/evidence/{kept.GetProperty("evidence").Text("digest")}")).ShouldContain("größer als €1");
    }

    private static string Run(string program, string arguments, string folder, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{program} {arguments}: {errors.Result}");
    }

    private static string Beside([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Client");
}
