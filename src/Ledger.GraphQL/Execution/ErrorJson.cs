using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>Errors as a response has them (§7.1.2).</summary>
internal static class ErrorJson
{
    /// <summary>Writes <c>"errors":[…]</c>.</summary>
    public static void Write(ReadOnlySpan<GraphQLError> errors, JsonBuffer output)
    {
        output.WriteRaw("\"errors\":"u8);
        var separator = (byte)'[';
        foreach (var error in errors)
        {
            output.WriteRaw(separator);
            separator = (byte)',';
            Write(error, output);
        }

        output.WriteRaw((byte)']');
    }

    private static void Write(GraphQLError error, JsonBuffer output)
    {
        output.WriteRaw("{\"message\":"u8);
        output.WriteString(error.Message);
        if (!error.Locations.IsDefaultOrEmpty) WriteLocations(error, output);
        if (error.Path is { } path) WritePath(path.AsSpan(), output);
        output.WriteRaw(",\"extensions\":{\"code\":"u8);
        output.WriteString(error.Code);
        if (error.CorrelationId is { } correlationId)
        {
            output.WriteRaw(",\"correlationId\":"u8);
            output.WriteString(correlationId);
        }

        output.WriteRaw("}}"u8);
    }

    private static void WriteLocations(GraphQLError error, JsonBuffer output)
    {
        output.WriteRaw(",\"locations\":"u8);
        var separator = (byte)'[';
        foreach (var location in error.Locations)
        {
            output.WriteRaw(separator);
            separator = (byte)',';
            output.WriteRaw("{\"line\":"u8);
            output.WriteInteger(location.Line);
            output.WriteRaw(",\"column\":"u8);
            output.WriteInteger(location.Column);
            output.WriteRaw((byte)'}');
        }

        output.WriteRaw((byte)']');
    }

    private static void WritePath(ReadOnlySpan<object> path, JsonBuffer output)
    {
        output.WriteRaw(",\"path\":["u8);
        for (var i = 0; i < path.Length; i++)
        {
            if (i > 0) output.WriteRaw((byte)',');
            if (path[i] is int index) output.WriteInteger(index);
            else output.WriteString((string)path[i]);
        }

        output.WriteRaw((byte)']');
    }
}
