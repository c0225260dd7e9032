using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>Lets a release go without a gate, for a time, on somebody's responsibility.</summary>
internal static class WaiveGate
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/gates/{gate}/waivers", HandleAsync)
        .Describe(
            Access.AnyRole, "waiveGate", "Waive a gate",
            "A waiver has an owner, a reason, a compensating control and an end, and what it waives stays visible. Roles: release-manager, admin.")
        .Accepts<WaiveRequest>("application/json")
        .Appends<WaiveAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, string gate, HttpContext http, ReleaseDesk desk) => desk.CarryOutAsync(
        http, service, version, ApiJson.Default.WaiveRequest, (release, request) => Command(release, gate, request), Tell, ApiJson.Answers.WaiveAnswer);

    private static Attempt<ReleaseCommand.WaiveGate> Command(ReleaseId release, string gate, WaiveRequest request) => new ReleaseCommand.WaiveGate(
        release, gate, FreeText.Redact(request.Owner), FreeText.Redact(request.Reason), FreeText.Redact(request.Control), request.Until);

    private static WaiveAnswer Tell(ReleaseCommand.WaiveGate command, ReleaseView view, ReceiptAnswer receipt)
    {
        var standing = view.Standing();
        return new WaiveAnswer(command.Gate, command.Until, GateOutcomeNames.Of(standing, command.Gate), standing.Verdict, receipt);
    }
}

/// <summary>A waiver.</summary>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why the gate is waived.</param>
/// <param name="Control">What is done instead.</param>
/// <param name="Until">When it ends.</param>
internal sealed record WaiveRequest(
    string Owner, string Reason, string Control, [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Until);

/// <summary>A waiver was appended.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Until">When it ends.</param>
/// <param name="GateOutcome">How the gate stands now.</param>
/// <param name="Verdict">How the release stands now.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record WaiveAnswer(
    string Gate, [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Until, string GateOutcome, Verdict Verdict, ReceiptAnswer Receipt);
