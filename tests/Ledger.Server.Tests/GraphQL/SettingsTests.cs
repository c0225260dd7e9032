using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.Actors;
using Ledger.GraphQL.Execution;
using Ledger.Server.GraphQL.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What an operator sets, and what is told them where it cannot be.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-documents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Documents_of_a_folder_are_known_by_their_hash()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "auditors"));
        File.WriteAllText(Path.Combine(_folder, "auditors", "role.graphql"), "{ viewer { role } }");
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "no document");
        var trusted = TrustedDocuments.Read(_folder);
        trusted.Count.ShouldBe(1);
        DocumentHash.TryParse(Convert.ToHexStringLower(SHA256.HashData("{ viewer { role } }"u8)), out var hash).ShouldBeTrue();
        Encoding.UTF8.GetString((await trusted.FindAsync(hash, default))!.Value.Span).ShouldBe("{ viewer { role } }");
    }

    [Fact]
    public void A_file_that_is_no_document_and_a_folder_that_is_not_there_are_named()
    {
        File.WriteAllText(Path.Combine(_folder, "broken.graphql"), "{ viewer {");
        Should.Throw<FormatException>(() => TrustedDocuments.Read(_folder)).Message.ShouldContain("broken.graphql");
        Should.Throw<FormatException>(() => TrustedDocuments.Read(Path.Combine(_folder, "none"))).Message.ShouldContain("there is no folder");
    }

    [Theory]
    [InlineData("GraphQL:OnlyTrusted", "yes", "neither true nor false")]
    [InlineData("GraphQL:OnlyTrusted", "true", "name the folder")]
    [InlineData("GraphQL:IntrospectionRoles", "auditor, everybody", "names no role with 'everybody'")]
    [InlineData("GraphQL:Origins:0", "example.com", "is no origin")]
    [InlineData("GraphQL:Origins:0", "https://example.com/path", "is no origin")]
    public void What_cannot_be_is_refused(string key, string value, string why) => Should.Throw<FormatException>(() => Read((key, value))).Message.ShouldContain(why);

    [Fact]
    public void What_is_set_is_read()
    {
        var settings = Read(("GraphQL:TrustedDocuments", " /srv/documents "), ("GraphQL:OnlyTrusted", "true"), ("GraphQL:Origins:0", "https://audit.example.com/"), ("GraphQL:Origins:1", "http://localhost:8080"));
        settings.TrustedDocuments.ShouldBe("/srv/documents");
        settings.OnlyTrusted.ShouldBeTrue();
        settings.Origins.ShouldBe(["https://audit.example.com", "http://localhost:8080"]);
        Read(("GraphQL:IntrospectionRoles", "auditor, admin")).IntrospectionRoles.ShouldBe([Role.Auditor, Role.Admin]);
        Read(("GraphQL:IntrospectionRoles", "none")).IntrospectionRoles.ShouldBeEmpty();
        var nothing = Read();
        nothing.IntrospectionRoles.ShouldBe(Roles.All);
        (nothing.TrustedDocuments, nothing.OnlyTrusted, nothing.Origins.Count).ShouldBe((null, false, 0));
    }

    [Theory]
    [InlineData("OPTIONS", "https://audit.example.com", true, true)]
    [InlineData("POST", "https://audit.example.com", false, true)]
    [InlineData("OPTIONS", "https://elsewhere.example", true, false)]
    [InlineData("POST", null, false, false)]
    public void A_named_origin_is_told_that_it_may_ask(string method, string? origin, bool isAnswered, bool isTold)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        if (origin is not null) http.Request.Headers.Origin = origin;
        OriginCheck.AnswersPreflight(http, ["https://audit.example.com"]).ShouldBe(isAnswered);
        http.Response.Headers.AccessControlAllowOrigin.ToString().ShouldBe(isTold ? origin : "");
    }

    private static GraphQLSettings Read(params (string Key, string Value)[] values) => GraphQLSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => $"Ledger:{pair.Key}", pair => (string?)pair.Value)).Build().GetSection("Ledger"));
}
