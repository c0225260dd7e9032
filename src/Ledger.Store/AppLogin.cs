using System.Security.Cryptography;
using Npgsql;

namespace Ledger.Store;

/// <summary>The login under which the server works: it appends and reads, and can change or remove nothing that is in the log.</summary>
internal static class AppLogin
{
    // Each statement of the write path and the reads, prepared once a connection.
    private const int PreparedStatements = 64;

    /// <summary>The connections of the server's role.</summary>
    public static NpgsqlDataSource Connect(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "ledger", MaxAutoPrepare = PreparedStatements, AutoPrepareMinUsages = 2, NoResetOnClose = true, Timeout = 5,
        };
        return NpgsqlDataSource.Create(settings.ConnectionString);
    }

    /// <summary>Makes the login of this database, or gives it a new password, and returns how to connect with it.</summary>
    public static async Task<string> RenewAsync(string ownerConnectionString, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(ownerConnectionString);
        await using var connection = new NpgsqlConnection(ownerConnectionString);
        await connection.OpenAsync(cancellation);

        var login = $"ledger_server_{settings.Database}";
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await using var command = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = login });
        var verb = (bool)(await command.ExecuteScalarAsync(cancellation))! ? "alter" : "create";

        // Names and passwords of roles cannot be parameters: the server quotes them itself. A statement's text may reach a log or a trace, so it holds
        // what checks the password, and never the password.
        await using var quote = new NpgsqlCommand($"select format('{verb} role %I login password %L', $1, $2), format('grant ledger_app to %I', $1)", connection);
        quote.Parameters.Add(new NpgsqlParameter<string> { TypedValue = login });
        quote.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ScramVerifier.Of(password) });
        var statements = new List<string>();
        await using (var reader = await quote.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            statements.AddRange([reader.GetString(0), reader.GetString(1)]);
        }

        foreach (var statement in statements)
        {
            await using var execute = new NpgsqlCommand(statement, connection);
            await execute.ExecuteNonQueryAsync(cancellation);
        }

        settings.Username = login;
        settings.Password = password;
        return settings.ConnectionString;
    }
}
