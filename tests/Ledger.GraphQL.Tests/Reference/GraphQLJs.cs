using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.GraphQL.Tests.Reference;

/// <summary>The reference implementations, asked in a process of their own. Their packages are installed on first use.</summary>
internal static class GraphQLJs
{
    private static readonly string[] Packages = ["@apollo/client", "@urql/core", "graphql", "graphql-http", "graphql-sse", "graphql-ws", "relay-compiler", "rxjs", "ws"];
    private static readonly Lazy<string> Folder = new(Install);

    /// <summary>Asks one thing about many texts; one answer each, in their order.</summary>
    /// <param name="op">What is asked.</param>
    /// <param name="texts">Documents.</param>
    /// <param name="schema">The schema they are for, where that matters.</param>
    public static JsonArray Ask(string op, IEnumerable<string> texts, string? schema = null) => Ask<string>(op, texts, schema);

    /// <summary>Asks one thing about many questions of its kind; one answer each, in their order.</summary>
    public static JsonArray Ask<T>(string op, IEnumerable<T> texts, string? schema)
    {
        var questions = JsonSerializer.Serialize(texts.Select(text => new { op, text, schema }));
        return (JsonArray)JsonNode.Parse(Run("node", "reference.js", Folder.Value, questions), documentOptions: new JsonDocumentOptions { MaxDepth = 2_000 })!;
    }

    /// <summary>Lets a client do something with a server; what it saw.</summary>
    /// <param name="what">What it does.</param>
    /// <param name="url">Where the server is.</param>
    /// <param name="token">Who asks, where the server wants to know.</param>
    /// <param name="asks">The documents, where the server is not that of <c>LiveServer</c>.</param>
    public static Task<JsonNode> TalkAsync(string what, string url, string? token = null, object? asks = null) =>
        Task.Run(() => JsonNode.Parse(Run("node", "clients.js", Folder.Value, JsonSerializer.Serialize(new { what, url, token, asks })))!);

    /// <summary>Lets Relay's compiler read a project; what it has to say.</summary>
    /// <param name="project">A folder with <c>relay.config.json</c>; what is compiled is put there too.</param>
    /// <exception cref="InvalidOperationException">It is not content; the message says why.</exception>
    public static string CompileRelay(string project) => Run("node", Path.Combine(Folder.Value, "node_modules", "relay-compiler", "cli.js"), project, "");

    private static string Install()
    {
        var folder = Beside();
        if (!Packages.All(package => Directory.Exists(Path.Combine(folder, "node_modules", package)))) Run("npm", "ci", folder, "");
        return folder;
    }

    private static string Run(string program, string argument, string folder, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, argument)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{program} {argument}: {errors.Result}");
    }

    private static string Beside([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
