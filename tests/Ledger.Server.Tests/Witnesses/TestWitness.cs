using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Microsoft.AspNetCore.Http;

namespace Ledger.Server.Tests.Witnesses;

/// <summary>A witness in memory, that decides as the specification says.</summary>
internal sealed class TestWitness : IDisposable
{
    private readonly SigningKey _key = SigningKey.Generate(KeyAlgorithm.Ed25519);

    public TestWitness() => Cosigner = new Cosigner("witness.example/w1", _key);

    public Cosigner Cosigner { get; }

    public VerifierKey? Log { get; set; }

    public WitnessedTree Latest { get; set; } = WitnessedTree.None;

    /// <summary>The old size of each request, and how it was answered.</summary>
    public List<(long Old, int Status)> Requests { get; } = [];

    public async Task AnswerAsync(HttpContext http, byte[] body)
    {
        if (http.Request.Path != "/w/add-checkpoint" || !AddCheckpointRequest.TryParse(body, out var request, out _))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var decision = Witness.Decide(request, Log is null ? [] : [Log], Latest);
        lock (Requests) Requests.Add((request.OldSize, decision.Status));
        http.Response.StatusCode = decision.Status;
        switch (decision)
        {
            case WitnessDecision.Cosign cosign:
                Latest = cosign.Tree;
                await http.Response.Body.WriteAsync(AddCheckpointResponse.Write(Cosigner.Cosign(cosign.Checkpoint, DateTimeOffset.UtcNow.ToUnixTimeSeconds())));
                break;
            case WitnessDecision.Conflict conflict:
                http.Response.ContentType = AddCheckpointResponse.SizeMediaType;
                await http.Response.Body.WriteAsync(AddCheckpointResponse.WriteSize(conflict.Size));
                break;
        }
    }

    public void Dispose() => _key.Dispose();
}
