using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Actors;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger token new</c>: a token for somebody else.</summary>
internal static class TokenCommand
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("token", "Make tokens", New(make));

    private static Command New(CommandFactory make)
    {
        var role = Typed.OneOf("--role", "What it may do", [.. Roles.All.Select(Roles.Name)]);
        role.Required = true;
        var services = new Option<string[]>("--service")
        {
            HelpName = "S", Required = true, AllowMultipleArgumentsPerToken = true, Description = "The services it is for; * for all; give it once for each",
        };
        var subject = new Option<string?>("--subject") { HelpName = "NAME", Description = "Whose it is, as every event will say; the role's name unless given" };
        var expires = Typed.Time("--expires", "When it ends; never unless given", make.Here);

        return make.Ordering("new", "Make a token; it is shown this once", [role, services, subject, expires], async session =>
        {
            var body = new TokenBody(
                session.Get(role)!, session.Get(services)!, session.Get(subject) ?? session.Get(role)!,
                session.Time(expires));
            var made = await session.RecordAsync("v1/tokens", body, ContractJson.Default.TokenBody, ContractJson.Default.IssuedToken, Credentials.Administering).ConfigureAwait(false);
            if (!made.TryGet(out var answer, out var failure)) return session.Fail(failure);

            // The token alone on standard output, so that a script takes it as it is; the rest is for a person.
            var token = answer.Value;
            session.Say($"a token of {token.Subject} ({token.Role}) for {string.Join(", ", token.Services)}, {(token.ExpiresAt is null ? "without end" : $"until {Wording.Time(token.ExpiresAt)}")}");
            session.Hint("keep it now: it is not shown again");
            return session.Show(answer, (screen, shown) => screen.Line(shown.Token));
        });
    }
}
