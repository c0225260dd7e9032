using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Ledger.EndToEnd;

/// <summary><c>deploy/webhooks/rollback.py</c> as a process of its own, with a kubectl on its path that writes down what it was told.</summary>
internal sealed partial class RollbackScript : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-rollback-").FullName;
    private readonly HttpClient _http = new();
    private Process? _process;

    public string Url { get; private set; } = string.Empty;

    /// <summary>What kubectl was told, each time that it succeeded.</summary>
    public IReadOnlyList<string> Undone => File.Exists(Path.Combine(_folder, "undone")) ? File.ReadAllLines(Path.Combine(_folder, "undone")) : [];

    /// <summary>Whether kubectl fails.</summary>
    public bool Fails
    {
        get => File.Exists(Path.Combine(_folder, "fails"));
        set
        {
            if (value) File.WriteAllText(Path.Combine(_folder, "fails"), "");
            else File.Delete(Path.Combine(_folder, "fails"));
        }
    }

    /// <summary>The certificate that it shows; whoever trusts it trusts the script.</summary>
    public string Certificate => Path.Combine(_folder, "tls.crt");

    /// <param name="secret">What messages are signed with.</param>
    /// <param name="type">The type of event that undoes.</param>
    /// <param name="encrypted">Whether it speaks TLS.</param>
    public static async Task<RollbackScript> StartAsync(string secret, string type, bool encrypted = false)
    {
        var script = new RollbackScript();
        var folder = script._folder;
        if (encrypted) await script.MakeCertificateAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), secret);
        await File.WriteAllTextAsync(Path.Combine(folder, "rollouts.json"), """{"shop": {"rollout": "shop", "namespace": "production"}}""");
        var kubectl = Path.Combine(folder, "kubectl");
        await File.WriteAllTextAsync(kubectl, $"#!/bin/sh\n[ ! -e '{folder}/fails' ] && echo \"$@\" >> '{folder}/undone'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(kubectl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var start = new ProcessStartInfo("python3",
        [
            Path.Combine(Repository.Root, "deploy", "webhooks", "rollback.py"), "--secret-file", Path.Combine(folder, "secret"),
            "--rollouts", Path.Combine(folder, "rollouts.json"), "--state", Path.Combine(folder, "state"), "--listen", "127.0.0.1:0", "--on", type,
            .. encrypted ? ["--tls-cert", script.Certificate, "--tls-key", Path.Combine(folder, "tls.key")] : Array.Empty<string>(),
        ]) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        script._process = Process.Start(start)!;
        var line = await script._process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        script.Url = $"{(encrypted ? "https://localhost" : "http://127.0.0.1")}:{Listens().Match(line ?? string.Empty).Groups[1].Value}/";
        _ = script._process.StandardError.ReadToEndAsync();
        return script;
    }

    public static string Event(string type, DateTimeOffset at, string subject = "shop/1.0.0") =>
        $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"test.example","type":"dev.ledger.{{type}}","subject":"{{subject}}","time":"{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}","data":{} }""";

    /// <summary>Sends a body, signed here by HMAC alone: what the script checks is the format, not our code.</summary>
    public async Task<int> PostAsync(string body, string secret, bool changed = false, DateTimeOffset? at = null)
    {
        var id = IdIn().Match(body).Groups[1].Value is { Length: > 0 } found ? found : "none";
        var timestamp = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret[6..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(changed ? body + " " : body) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        using var answer = await _http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task MakeCertificateAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        await File.WriteAllTextAsync(Certificate, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
    }

    [GeneratedRegex(@"listens on 127\.0\.0\.1:(\d+)")]
    private static partial Regex Listens();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex IdIn();
}
