using System.Text.RegularExpressions;
using Ledger.Store.Migrations;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>The functions that the server reads through do what the schema says. Those of triggers are looked at with their triggers.</summary>
internal static partial class FunctionAudit
{
    private const string Query =
        """
        select p.proname, p.prosrc from pg_proc p
        where p.pronamespace = current_schema()::regnamespace and starts_with(p.proname, 'ledger_') and p.prorettype <> 'trigger'::regtype
        order by p.proname
        """;

    public static async Task CheckAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        var schema = string.Concat(Migrator.Files().Select(file => file.Sql));
        var expected = Created().Matches(schema).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(Query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (name, body) = (reader.GetString(0), reader.GetString(1));
            expected.Remove(name);
            if (!schema.Contains($"$${body}$$", StringComparison.Ordinal)) problems.Add("function_changed", $"the function {name} is not the one of the schema: what is read through it cannot be trusted");
        }

        foreach (var name in expected.Order(StringComparer.Ordinal)) problems.Add("function_missing", $"the function {name} of the schema is missing");
    }

    [GeneratedRegex("create (?:or replace )?function (ledger_[a-z_]+)\\((?:(?!\\$\\$).)*?returns (?!trigger)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Created();
}
