using Ledger.Domain.Actors;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;
using Ledger.GraphQL.Http.EventStreams;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;
using Ledger.GraphQL.Validation.Cost;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.Http;

namespace Ledger.Server.GraphQL.Http;

/// <summary>The engine over the ledger's schema, with every limit that holds on every way to it. One a server.</summary>
internal sealed class GraphQLService
{
    /// <summary>Bytes of a request's body, after decompression, and of a socket's message.</summary>
    public const int BodyBytesMax = 256 * 1024;

    private static readonly ValidationOptions Validation = new()
    {
        DepthMax = 20,
        AliasesMax = 100,
        RootFieldsMax = 20,
        Suggest = true,
    };

    // For those who may not know the schema: neither by asking for it nor by mistyping it.
    private static readonly ValidationOptions Closed = Validation with { AllowIntrospection = false, Suggest = false };

    // A page of 100 releases with their gates, sign-offs and every check of their chains comes to some 15,000.
    private static readonly CostLimits Cost = new() { FieldCostMax = 25_000, TypeCostMax = 25_000 };

    private readonly IReadOnlyList<Role> _introspection;

    public GraphQLService(GraphQLSettings settings, Sources sources, ILogger<GraphQLService> logger)
    {
        (Sources, _introspection) = (sources, settings.IntrospectionRoles);
        Trusted = settings.TrustedDocuments is { } folder ? TrustedDocuments.Read(folder) : null;
        Executor = new GraphQLExecutor(LedgerSchema.Instance, new ExecutorOptions
        {
            Validation = Validation,
            Cost = Cost,
            Execution = new ExecutionLimits { TimeMax = TimeSpan.FromSeconds(30), ObjectsMax = 50_000, ResponseBytesMax = 16 << 20, ErrorsMax = 100 },
            Authorize = static (policy, state) => ((Access)policy).Admits(((Asking)state!).Caller),
            Explain = Explain,
            OnUnexpectedFailure = failure => logger.FieldFailed(failure.Exception, failure.CorrelationId, failure.Coordinate ?? "none"),
            Documents = new PersistedDocuments { Trusted = Trusted, OnlyTrusted = settings.OnlyTrusted, Automatic = settings.OnlyTrusted ? null : new MemoryDocumentStore() },
        });
        Handler = new GraphQLHttpHandler(Executor, new GraphQLHttpOptions { BodyBytesMax = BodyBytesMax, QueryStringMax = 4 * 1024, SharedStreams = new SharedStreams(new SharedStreamOptions { StreamsMax = 200, OperationsMax = 20 }) });
    }

    public Sources Sources { get; }

    public TrustedDocuments? Trusted { get; }

    public GraphQLExecutor Executor { get; }

    public GraphQLHttpHandler Handler { get; }

    // Whoever asks again in a moment is answered: that is nobody's mistake, and nothing to be looked for in a log.
    private static FieldException? Explain(Exception exception) =>
        RequestPipeline.IsUnavailable(exception) ? new FieldException("The ledger's database does not answer now. Ask again in a moment.", Codes.Unavailable) : null;

    /// <summary>What a request of a caller is about.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="isStillGood">Whether their token is good now.</param>
    public GraphQLRequest About(Caller caller, Func<CancellationToken, ValueTask<bool>> isStillGood) => new()
    {
        State = new Asking(caller, Sources, isStillGood),
        Validation = MayKnowSchema(caller) ? Validation : Closed,
    };

    /// <summary>Whether a caller may ask what can be asked.</summary>
    public bool MayKnowSchema(Caller caller) => _introspection.Contains(caller.Role);
}

/// <summary>What operators are told of questions.</summary>
internal static partial class GraphQLLog
{
    [LoggerMessage(81, LogLevel.Error, "a field failed: {Coordinate}, correlation id {CorrelationId}")]
    public static partial void FieldFailed(this ILogger logger, Exception exception, string correlationId, string coordinate);
}
