using System.Globalization;
using Ledger.Benchmarks;
using Ledger.Benchmarks.GraphQL;

switch (args)
{
    case ["append"]: await AppendBenchmark.RunAsync(64); break;
    case ["append-one"]: await AppendBenchmark.RunAsync(1); break;
    case ["http"]: await HttpBenchmark.RunAsync(); break;
    case ["growth"]: await GrowthBenchmark.RunAsync(); break;
    case ["chain"]: ChainBenchmark.Run(); break;
    case ["million"]: await MillionBenchmark.RunAsync(); break;
    case ["audit"]: await AuditBenchmark.RunAsync(100_000); break;
    case ["audit-million"]: await AuditBenchmark.RunAsync(1_000_000); break;
    case ["graphql-store"]: await GraphQLStoreBenchmark.RunAsync(300_000); break;
    case ["graphql-store-million"]: await GraphQLStoreBenchmark.RunAsync(1_000_000); break;
    case ["export"]: await ExportBenchmark.RunAsync(); break;
    case ["graphql"]: await GraphQLBenchmark.RunAsync(); break;
    case ["graphql-server", var name, var port]: await BenchmarkServer.RunAsync(name, int.Parse(port, CultureInfo.InvariantCulture)); break;
    default:
        Console.Error.WriteLine(
            "usage: dotnet run -c Release --project tests/Ledger.Benchmarks -- append | append-one | http | growth | chain | million | audit | audit-million | export | graphql-store | graphql-store-million | graphql");
        return 2;
}

return 0;
