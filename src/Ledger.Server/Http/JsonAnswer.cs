using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ledger.Server.Http;

/// <summary>A JSON answer with a known length, written at once.</summary>
internal sealed class JsonAnswer<T>(int status, T value, JsonTypeInfo<T> type) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}

/// <summary>Makes <see cref="JsonAnswer{T}"/>s.</summary>
internal static class Answer
{
    public static IResult Ok<T>(T value, JsonTypeInfo<T> type) => new JsonAnswer<T>(StatusCodes.Status200OK, value, type);

    public static IResult Created<T>(T value, JsonTypeInfo<T> type) => new JsonAnswer<T>(StatusCodes.Status201Created, value, type);
}
