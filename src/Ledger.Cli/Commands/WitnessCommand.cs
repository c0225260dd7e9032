using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Ledger.Cli.Witnessing;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger witness serve</c>: a witness of logs (C2SP tlog-witness), on a machine that is not the ledger's.</summary>
internal static class WitnessCommand
{
    private const int MaxFileBytes = 1024 * 1024;

    public static Command Create(CommandFactory make) => CommandFactory.Group("witness", "Witness logs of others", Serve(make));

    private static Command Serve(CommandFactory make)
    {
        var name = new Option<string>("--name") { HelpName = "NAME", Required = true, Description = "The witness's name, such as witness.example.com/w1" };
        var key = new Option<string>("--key") { HelpName = "FILE", Required = true, Description = "Its Ed25519 key, made by 'key new' and used for nothing else" };
        var logs = new Option<string>("--logs") { HelpName = "FILE", Required = true, Description = "The logs it cosigns: their verifier keys, one on a line; # begins a comment" };
        var state = new Option<string>("--state") { HelpName = "FOLDER", Required = true, Description = "Where it remembers what it cosigned: lose it, and take a new key" };
        var listen = new Option<IPEndPoint>("--listen")
        {
            HelpName = "ADDRESS:PORT",
            Description = "Where it listens; 127.0.0.1:5090 unless given",
            DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 5090),
            CustomParser = result =>
            {
                if (IPEndPoint.TryParse(result.Tokens[0].Value, out var endpoint) && endpoint.Port != 0) return endpoint;
                result.AddError($"'{result.Tokens[0].Value}' is not ADDRESS:PORT");
                return null;
            },
        };
        return make.Offline("serve", "Cosign the checkpoints of logs as long as they only grow", [name, key, logs, state, listen], async session =>
        {
            if (!(await KeyAsync(session, session.Get(key)!).ConfigureAwait(false)).TryGet(out var signing, out var failure)) return session.Fail(failure);
            using (signing)
            {
                if (!(await LogsAsync(session, session.Get(logs)!).ConfigureAwait(false)).TryGet(out var trusted, out failure)) return session.Fail(failure);
                if (!Name(session.Get(name)!, signing).TryGet(out var cosigner, out failure)) return session.Fail(failure);
                if (!WitnessState.Open(session.Here.Resolve(session.Get(state)!)).TryGet(out var memory, out failure)) return session.Fail(failure);
                using (memory) return await RunAsync(session, cosigner, trusted, memory, session.Get(listen)!).ConfigureAwait(false);
            }
        });
    }

    private static async Task<int> RunAsync(Session session, Cosigner cosigner, List<VerifierKey> logs, WitnessState memory, IPEndPoint endpoint)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(session.CancellationToken);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => (context.Cancel, _) = (true, stop.CancelAsync()));
        var host = endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any) ? "*" : endpoint.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{endpoint.Address}]" : endpoint.Address.ToString();
        var prefix = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{endpoint.Port}/");
        var listener = new WitnessListener(new WitnessDesk(cosigner, logs, memory, session.Here.Time), session.Say);
        var failure = await listener.RunAsync(prefix, () => session.Say($"witnessing {string.Join(", ", logs.Select(log => log.Name).Distinct())} at {prefix}add-checkpoint as {cosigner.VerifierKey}"), stop.Token).ConfigureAwait(false);
        return failure is null ? ExitCode.Done : session.Fail(failure);
    }

    private static async Task<Result<SigningKey>> KeyAsync(Session session, string file)
    {
        if (!(await InputFile.ReadAsync(session.Here, file, MaxFileBytes, session.CancellationToken).ConfigureAwait(false)).TryGet(out var bytes, out var failure)) return failure;
        try
        {
            return SigningKey.ImportPkcs8Pem(Encoding.UTF8.GetString(bytes));
        }
        catch (Exception exception) when (exception is FormatException or PlatformNotSupportedException)
        {
            return Failure.Usage("key_unreadable", $"{file} holds no key that a witness can use", "make one: ledger key new FILE --algorithm ed25519");
        }
    }

    private static Result<Cosigner> Name(string name, SigningKey key)
    {
        try
        {
            return new Cosigner(name, key);
        }
        catch (ArgumentException)
        {
            return Failure.Usage("name_malformed", $"'{name}' cannot name a witness with this key", "a name has no blank, no '+' and no control character; a witness's key is ed25519");
        }
    }

    private static async Task<Result<List<VerifierKey>>> LogsAsync(Session session, string file)
    {
        if (!(await InputFile.ReadAsync(session.Here, file, MaxFileBytes, session.CancellationToken).ConfigureAwait(false)).TryGet(out var bytes, out var failure)) return failure;
        var logs = new List<VerifierKey>();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (!VerifierKey.TryParse(line, out var key, out var error)) return Failure.Usage("key_unreadable", $"{file}:{number}: {error}");
            if (key.Type == NoteKeyType.Cosignature) return Failure.Usage("key_unreadable", $"{file}:{number}: this is the key of a witness, not of a log");
            logs.Add(key);
        }

        return logs.Count > 0 ? logs : Failure.Usage("logs_missing", $"{file} names no log", "write the verifier key of each on a line of its own");
    }
}
