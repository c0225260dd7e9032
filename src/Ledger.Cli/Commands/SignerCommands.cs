using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Cli.Signing;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger signer</c>: who may sign, in which roles and with which keys.</summary>
internal static class SignerCommands
{
    public static Command Create(CommandFactory make) => CommandFactory.Group(
        "signer", "Enrol signers, and see and change them", Enrol(make), List(make), Show(make), Change(make), SignerKeyCommands.Create(make));

    private static Command Enrol(CommandFactory make)
    {
        var id = Typed.Signer();
        var name = new Option<string>("--name") { HelpName = "NAME", Required = true, Description = "The printed name, as it stands beside every signature" };
        var roles = Roles("A role that they may sign in");
        roles.Required = true;
        var accounts = Accounts();
        var key = new Option<string?>("--key") { HelpName = "FILE", Description = "Their public key, in PEM or as a JWK" };
        var options = new SignerKeyOptions(make.Here);
        return make.Recording("enrol", "Enter a person as a signer", [id, name, roles, accounts, key, .. options.Symbols], async session =>
        {
            KeyBody? body = null;
            string? keyId = null;
            if (session.Get(key) is { } file)
            {
                if (!(await options.ReadAsync(session, file).ConfigureAwait(false)).TryGet(out var read, out var failure)) return session.Fail(failure);
                (body, keyId) = (read.Body, read.Id);
            }
            else if (options.AnyGiven(session))
            {
                return session.Fail(Failure.Usage("key_missing", "the options are about a key, and there is none", "give it: --key FILE"));
            }

            var enrolled = await session.RecordAsync(
                "v1/signers", new EnrolBody(session.Get(id), session.Get(name)!, session.Get(roles)!, session.Get(accounts)!, body),
                ContractJson.Default.EnrolBody, ContractJson.Default.Recorded, Credentials.Publishing).ConfigureAwait(false);
            return await session.ShowRecordedAsync(enrolled, (screen, _) =>
            {
                screen.Line("enrolled ", new Piece(session.Get(name)!, Tone.Strong), $" as {session.Get(id)}, to sign as {string.Join(", ", session.Get(roles)!)}");
                if (keyId is not null) screen.Line(new Piece($"  with the key {keyId}", Tone.Quiet));
            }).ConfigureAwait(false);
        });
    }

    private static Command List(CommandFactory make) => make.Asking("list", "List every signer", [], session => session.ShowAsync(
        "v1/signers", ContractJson.Default.SignerList, (screen, list) =>
        {
            if (list.Signers.Count == 0) screen.Line(new Piece("no signers", Tone.Quiet));
            screen.Table(["signer", "name", "roles", "keys in use"], [.. list.Signers.Select(signer => new Piece[]
            {
                new(signer.Id, Tone.Strong), signer.Name, string.Join(", ", signer.Roles), Wording.Number(signer.Keys.Count(key => key.State == SignerKeyAnswer.InUse)),
            })]);
        }));

    private static Command Show(CommandFactory make)
    {
        var id = Typed.Signer();
        return make.Asking("show", "Show a signer and every key they ever had", [id], session => session.ShowAsync(
            Routes.Signer(session.Get(id)), ContractJson.Default.SignerAnswer, SignerView.Show, signer => signer.Contradiction(session.Get(id))));
    }

    private static Command Change(CommandFactory make)
    {
        var id = Typed.Signer();
        var roles = Roles("A role that they may sign in, in place of the ones they have");
        var noRoles = new Option<bool>("--no-roles") { Description = "They may sign in no role any more" };
        var accounts = Accounts();
        var noAccounts = new Option<bool>("--no-accounts") { Description = "They act by no other account any more" };
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why" };
        var command = make.Recording("change", "Change a signer's roles or accounts", [id, roles, noRoles, accounts, noAccounts, reason], async session =>
        {
            var asked = await SignOffDesk.SignerAsync(session, session.Get(id), Credentials.Publishing).ConfigureAwait(false);
            if (!asked.TryGet(out var signer, out var failure)) return session.Fail(failure);
            var body = new ChangeBody(
                session.Get(noRoles) ? [] : session.Get(roles) is { Length: > 0 } newRoles ? newRoles : signer.Roles,
                session.Get(noAccounts) ? [] : session.Get(accounts) is { Length: > 0 } newAccounts ? newAccounts : signer.Accounts,
                session.Get(reason)!);
            var changed = await session.RecordAsync(
                Routes.Signer(session.Get(id), "/changes"), body, ContractJson.Default.ChangeBody, ContractJson.Default.Recorded, Credentials.Publishing).ConfigureAwait(false);
            return await session.ShowRecordedAsync(changed, (screen, _) => screen.Line(
                "changed ", new Piece(signer.Name, Tone.Strong), $": roles {Listed(body.Roles)}, accounts {Listed(body.Accounts)}")).ConfigureAwait(false);
        });
        command.Validators.Add(result =>
        {
            if (!new Option[] { roles, noRoles, accounts, noAccounts }.Any(option => result.GetResult(option) is { Implicit: false })) result.AddError("nothing is to change; give --role or --account");
        });
        return command;
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static Option<string[]> Roles(string description) => Typed.Names("--role", "R", description);

    private static Option<string[]> Accounts() => new("--account")
    {
        HelpName = "A", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [], Description = "The subject of another token by which they act; give it once for each",
    };
}
