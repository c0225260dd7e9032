using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;
using Ledger.GraphQL.Tests.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ledger.Benchmarks.GraphQL;

/// <summary>What is measured, in a process of its own: the engine on Kestrel, and the same answer written by hand.</summary>
internal static class PeerServer
{
    public static async Task RunAsync(string name, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        await using var app = builder.Build();
        var releases = BenchmarkReleases.Create().ToDictionary(release => release.Id, StringComparer.Ordinal);
        app.Run(name == "engine" ? Engine(releases) : ByHand(releases));
        await app.RunAsync();
    }

    private static RequestDelegate Engine(Dictionary<string, Release> releases)
    {
        var executor = new GraphQLExecutor(ReleaseSchema.Create(releases.GetValueOrDefault), new ExecutorOptions { Authorize = static (_, _) => true });
        var handler = new GraphQLHttpHandler(executor);
        var about = new GraphQLRequest();
        return async http =>
        {
            var request = http.Request;
            var body = await ReadAsync(request.BodyReader);
            var parts = new HttpRequestParts
            {
                Method = request.Method,
                QueryString = request.QueryString.Value,
                ContentType = request.ContentType,
                Accept = request.Headers.Accept,
                Cost = request.Headers["GraphQL-Cost"],
                Body = body.IsSingleSegment ? body.First : body.ToArray(),
            };
            using var answer = await handler.AnswerAsync(parts, about, http.RequestAborted);
            request.BodyReader.AdvanceTo(body.End);
            http.Response.StatusCode = answer.Status;
            http.Response.ContentType = answer.ContentType;
            http.Response.ContentLength = answer.Body.Length;
            await http.Response.BodyWriter.WriteAsync(answer.Body);
        };
    }

    // As fast as an answer can be made here: no query is read, only the id, and the properties are written in their order.
    private static RequestDelegate ByHand(Dictionary<string, Release> releases) => async http =>
    {
        var body = await ReadAsync(http.Request.BodyReader);
        var release = releases[IdOf(body)];
        http.Request.BodyReader.AdvanceTo(body.End);
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true })) Write(release, json);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = output.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(output.WrittenMemory);
    };

    private static async ValueTask<ReadOnlySequence<byte>> ReadAsync(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.IsCompleted) return read.Buffer;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static string IdOf(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("id"u8)) continue;
            reader.Read();
            return reader.GetString()!;
        }

        throw new InvalidDataException("The request names no release.");
    }

    private static void Write(Release release, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("release"u8);
        json.WriteString("version"u8, release.Version);
        json.WriteStartArray("gates"u8);
        foreach (var gate in release.Gates)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, gate.Name);
            json.WriteString("status"u8, StatusOf(gate.Status));
            json.WriteStartArray("evidence"u8);
            foreach (var evidence in gate.Evidence)
            {
                json.WriteStartObject();
                json.WriteString("url"u8, evidence.Url);
                json.WriteString("sha256"u8, evidence.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("signOffs"u8);
        foreach (var signOff in release.SignOffs)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, signOff.Role);
            json.WriteString("signer"u8, signOff.Signer);
            json.WriteBoolean("verified"u8, signOff.Verified);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> StatusOf(GateStatus status) => status switch
    {
        GateStatus.Pending => "PENDING"u8,
        GateStatus.Passed => "PASSED"u8,
        GateStatus.Failed => "FAILED"u8,
        GateStatus.Waived => "WAIVED"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no such status."),
    };
}
