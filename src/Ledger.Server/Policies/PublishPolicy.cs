using Ledger.Domain.Policies;
using Ledger.Intake.Policies;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Append;
using Microsoft.Net.Http.Headers;

namespace Ledger.Server.Policies;

/// <summary>Publishes a version of a policy: releases that are opened from now on may pin it.</summary>
internal static class PublishPolicy
{
    private static readonly string[] MediaTypes = ["application/json", "application/yaml", "text/yaml", "application/x-yaml"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/policies", HandleAsync)
        .Describe(
            Access.AnyRole, "publishPolicy", "Publish a policy",
            "The body is the policy document, YAML or JSON, at most 256 KiB. A policy that can never be satisfied is refused with everything that is wrong. Roles: compliance, admin.")
        .Accepts<string>("application/yaml", "text/yaml", "application/json")
        .Appends<PublishAnswer>();

    private static async Task<IResult> HandleAsync(HttpContext http, CommandDesk desk, LedgerStore store)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return new Problem(StatusCodes.Status415UnsupportedMediaType, "media_type_unsupported", "a policy is YAML or JSON", $"send Content-Type: {string.Join(" or ", MediaTypes)}");
        var received = await RequestBody.ReadAsync(http, PolicyDocument.MaxBytes, "body_too_large");
        if (!received.Succeeded(out var body, out var problem)) return problem;
        if (!RedactedPolicy.Read(body).Succeeded(out var policy, out problem)) return problem;

        var submitted = await desk.SubmitAsync(http, body, new PolicyCommand.Publish(policy.Policy, policy.Document, PolicyCache.DigestOf(policy.Document)));
        if (!submitted.Succeeded(out var carriedOut, out problem)) return problem;

        var readBack = await CommandDesk.ReadBackAsync(async () => await store.Events.FindAsync(carriedOut.Receipt.Sequence, http.RequestAborted));
        if (!readBack.Succeeded(out var stored, out problem)) return problem;
        var published = stored.Recorded<PolicyEvent.Published>().Event.Policy;
        return Answer.Created(new PublishAnswer(published, carriedOut.Receipt), ApiJson.Answers.PublishAnswer);
    }
}

/// <summary>A policy was published.</summary>
/// <param name="Policy">Its name, version and digest.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record PublishAnswer(PolicyReference Policy, ReceiptAnswer Receipt);
