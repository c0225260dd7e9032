using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Ledger.GraphQL.Http;

/// <summary>Reads the parameters of a request from a query string (<c>application/x-www-form-urlencoded</c>).</summary>
internal static class RequestQueryString
{
    /// <summary>Reads a query string.</summary>
    /// <param name="text">As it was sent, with or without its question mark.</param>
    /// <param name="parameters">The parameters when the answer is true.</param>
    /// <param name="problem">For the client when it is false.</param>
    public static bool TryRead(string? text, [NotNullWhen(true)] out RequestParameters? parameters, [NotNullWhen(false)] out string? problem)
    {
        var read = new RequestParameters();
        try
        {
            problem = Read(text, read);
        }
        catch (JsonException)
        {
            problem = "A parameter is not JSON.";
        }

        parameters = problem is null ? read : null;
        if (problem is not null) read.Dispose();
        return problem is null;
    }

    /// <summary>One parameter of a query string; null when it is absent, empty or not Unicode text.</summary>
    public static string? Find(string? text, string name)
    {
        foreach (var pair in Pairs(text))
        {
            if (pair.Name == name && TryDecode(pair.Value, out var utf8) && utf8.Length > 0) return Encoding.UTF8.GetString(utf8);
        }

        return null;
    }

    private static string? Read(string? text, RequestParameters parameters)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? problem = null;
        foreach (var (name, value) in Pairs(text))
        {
            if (name is not ("query" or "variables" or "operationName" or "extensions" or "documentId") || value.Length == 0) continue;
            if (!seen.Add(name)) return "A parameter is given twice.";
            if (!TryDecode(value, out var utf8)) return "A parameter is not Unicode text.";
            switch (name)
            {
                case "query": parameters.Document = utf8; break;
                case "variables": parameters.Variables = RequestJson.ReadObject(utf8, name, ref problem); break;
                case "operationName": parameters.OperationName = Encoding.UTF8.GetString(utf8); break;
                case "extensions": parameters.Extensions = RequestJson.ReadObject(utf8, name, ref problem); break;
                default: parameters.DocumentId = Encoding.UTF8.GetString(utf8); break;
            }

            if (problem is not null) return problem;
        }

        return null;
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string? text) =>
        (text ?? "").TrimStart('?').Split('&').Select(pair => pair.IndexOf('=') is var at and >= 0 ? (pair[..at], pair[(at + 1)..]) : (pair, ""));

    private static bool TryDecode(string value, out byte[] utf8)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(1, value.Length));
        utf8 = [];
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i] == '+' ? ' ' : value[i];
            if (c > 0x7F) return false;
            if (c == '%')
            {
                if (i + 2 >= value.Length || !byte.TryParse(value.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped)) return false;
                c = (char)escaped;
                i += 2;
            }

            output.Write([(byte)c]);
        }

        utf8 = output.WrittenSpan.ToArray();
        return Utf8.IsValid(utf8);
    }
}
