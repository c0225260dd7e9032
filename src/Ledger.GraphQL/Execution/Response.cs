using System.Collections.Immutable;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>Puts responses together (§7.1).</summary>
internal static class Response
{
    private static ReadOnlySpan<byte> DataKey => "{\"data\":"u8;

    /// <summary>A buffer that data can be written to at once.</summary>
    public static JsonBuffer Begin(OperationPlan plan)
    {
        var buffer = new JsonBuffer(plan.ResponseBytesHint);
        buffer.WriteRaw(DataKey);
        return buffer;
    }

    /// <summary>Makes the data null, whatever was written of it.</summary>
    public static void NullData(JsonBuffer buffer)
    {
        buffer.Truncate(DataKey.Length);
        buffer.WriteNull();
    }

    /// <summary>The response, once its data is written.</summary>
    /// <param name="prepared">The request.</param>
    /// <param name="buffer">What <see cref="Begin"/> gave, with data; belongs to the result from here.</param>
    /// <param name="errors">Of fields.</param>
    public static ExecutionResult End(in PreparedRequest prepared, JsonBuffer buffer, ImmutableArray<GraphQLError> errors)
    {
        var plan = prepared.Plan!;
        if (buffer.Length > plan.ResponseBytesHint || buffer.Length < plan.ResponseBytesHint / 4) plan.ResponseBytesHint = buffer.Length + 256;
        if (prepared.Request.CostReporting != CostReporting.None) WriteCost(prepared, buffer);
        buffer.WriteRaw((byte)'}');
        return new ExecutionResult(errors.IsEmpty ? buffer : PutFirst(errors, buffer), hasData: true, errors, plan.Operation.Operation);
    }

    /// <summary>The response to a request that asks for nothing but its cost.</summary>
    public static ExecutionResult CostOnly(in PreparedRequest prepared)
    {
        var buffer = Begin(prepared.Plan!);
        buffer.WriteNull();
        WriteCost(prepared, buffer);
        buffer.WriteRaw((byte)'}');
        return new ExecutionResult(buffer, hasData: true, [], prepared.Plan!.Operation.Operation);
    }

    private static void WriteCost(in PreparedRequest prepared, JsonBuffer buffer)
    {
        if (prepared.Cost is not { } cost) return;
        buffer.WriteRaw(",\"extensions\":{\"operationCost\":{\"fieldCost\":"u8);
        buffer.WriteDouble(cost.FieldCost);
        buffer.WriteRaw(",\"typeCost\":"u8);
        buffer.WriteDouble(cost.TypeCost);
        buffer.WriteRaw("}}"u8);
    }

    // Errors stand first, where a reader sees them (§7.1.2); they are only known last.
    private static JsonBuffer PutFirst(ImmutableArray<GraphQLError> errors, JsonBuffer response)
    {
        var whole = new JsonBuffer(response.Length + 1024);
        whole.WriteRaw((byte)'{');
        ErrorJson.Write(errors.AsSpan(), whole);
        whole.WriteRaw((byte)',');
        whole.WriteRaw(response.Written.Span[1..]);
        response.Dispose();
        return whole;
    }
}
