using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Types;

internal enum GateStatus
{
    Pending,
    Passed,
    Failed,
    Waived,
}

internal sealed record Evidence(string Url, string Sha256);

internal sealed record Gate(string Name, GateStatus Status, IReadOnlyList<Evidence> Evidence);

internal sealed record SignOff(string Role, string Signer, bool Verified);

internal sealed record Release(string Id, string Version, IReadOnlyList<Gate> Gates, IReadOnlyList<SignOff> SignOffs);

/// <summary>A small schema written in C#, as a host would.</summary>
internal static class ReleaseSchema
{
    public static Schema Create(Func<string, Release?> find)
    {
        var status = new EnumType<GateStatus>("GateStatus")
            .Value("PENDING", GateStatus.Pending)
            .Value("PASSED", GateStatus.Passed)
            .Value("FAILED", GateStatus.Failed)
            .Value("WAIVED", GateStatus.Waived);
        var evidence = new ObjectType<Evidence>("Evidence");
        evidence.Field("url", Scalars.String.NonNull(), each => each.Url);
        evidence.Field("sha256", Scalars.String.NonNull(), each => each.Sha256);
        var gate = new ObjectType<Gate>("Gate");
        gate.Field("name", Scalars.String.NonNull(), each => each.Name);
        gate.Field("status", status.NonNull(), each => each.Status);
        gate.Field("evidence", evidence.NonNull().List().NonNull(), each => each.Evidence);
        var signOff = new ObjectType<SignOff>("SignOff");
        signOff.Field("role", Scalars.String.NonNull(), each => each.Role);
        signOff.Field("signer", Scalars.String.NonNull(), each => each.Signer);
        signOff.Field("verified", Scalars.Boolean.NonNull(), each => each.Verified);
        var release = new ObjectType<Release>("Release") { Description = "What may go, or not." };
        release.Field("id", Scalars.Id.NonNull(), each => each.Id);
        release.Field("version", Scalars.String.NonNull(), each => each.Version);
        release.Field("gates", gate.NonNull().List().NonNull(), each => each.Gates);
        release.Field("signOffs", signOff.NonNull().List().NonNull(), each => each.SignOffs);
        var query = new ObjectType<object>("Query");
        query.Field("release", release, (_, context) => find(context.Arguments.Get<string>("id")!))
            .Argument("id", Scalars.Id.NonNull())
            .Cost(2)
            .Require("auditor");
        return Schema.Create(new SchemaDefinition { Query = query });
    }
}
