using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Tests.Types;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Sections 6.3, 6.4 and 7: fields, their order, nulls and errors.</summary>
public class ResponseTests
{
    private static readonly Release Known = new(
        "r1", "1.0", [new Gate("tests", GateStatus.Passed, [new Evidence("u", "s")]), new Gate("scan", GateStatus.Waived, [])], [new SignOff("qa", "jo", true)]);

    private static readonly GraphQLExecutor Releases =
        new(ReleaseSchema.Create(id => id == "r1" ? Known : null), new ExecutorOptions { Authorize = (_, _) => true });

    [Fact]
    public async Task A_query_is_answered_in_the_order_it_asks() => (await Releases.AskAsync(
            "query R($id: ID!) { release(id: $id) { signOffs { verified signer role } again: version gates { name status evidence { url sha256 } } } }", new { id = "r1" }))
        .ShouldBe("""{"data":{"release":{"signOffs":[{"verified":true,"signer":"jo","role":"qa"}],"again":"1.0","gates":[{"name":"tests","status":"PASSED","evidence":[{"url":"u","sha256":"s"}]},{"name":"scan","status":"WAIVED","evidence":[]}]}}}""");

    [Fact]
    public async Task What_is_not_there_is_null() =>
        (await Releases.AskAsync("{ release(id: \"none\") { version } }")).ShouldBe("""{"data":{"release":null}}""");

    [Fact]
    public async Task Fields_that_are_selected_twice_are_merged_where_they_stand_first() => (await Releases.AskAsync(
            "{ release(id: \"r1\") { version ...F id } __typename release(id: \"r1\") { gates { status } id } } fragment F on Release { gates { name } }"))
        .ShouldBe("""{"data":{"release":{"version":"1.0","gates":[{"name":"tests","status":"PASSED"},{"name":"scan","status":"WAIVED"}],"id":"r1"},"__typename":"Query"}}""");

    [Theory]
    [InlineData(true, """{"data":{"release":{"version":"1.0","id":"r1"}}}""")]
    [InlineData(false, """{"data":{"release":{"id":"r1","version":"1.0"}}}""")]
    public async Task What_a_variable_skips_decides_the_order_too(bool first, string expected) => (await Releases.AskAsync(
            "query($first: Boolean!) { release(id: \"r1\") { version @include(if: $first) id version @skip(if: $first) } }", new { first }))
        .ShouldBe(expected);

    [Fact]
    public async Task Everything_may_be_skipped() =>
        (await Releases.AskAsync("{ release(id: \"r1\") { ... @skip(if: true) { id } gates { name @include(if: false) } } }"))
        .ShouldBe("""{"data":{"release":{"gates":[{},{}]}}}""");

    [Theory]
    [InlineData("{ a { strict } b: a { loose } }", """{"errors":[{"message":"no","locations":[{"line":1,"column":7}],"path":["a","strict"],"extensions":{"code":"NO"}}],"data":{"a":null,"b":{"loose":null}}}""")]
    [InlineData("{ strict { strict } b: a { loose } }", """{"errors":[{"message":"no","locations":[{"line":1,"column":12}],"path":["strict","strict"],"extensions":{"code":"NO"}}],"data":null}""")]
    [InlineData("{ list { strict } }", """{"errors":[{"message":"no","locations":[{"line":1,"column":10}],"path":["list",0,"strict"],"extensions":{"code":"NO"}},{"message":"no","locations":[{"line":1,"column":10}],"path":["list",1,"strict"],"extensions":{"code":"NO"}}],"data":{"list":[null,null]}}""")]
    [InlineData("{ strictList { strict } }", """{"errors":[{"message":"no","locations":[{"line":1,"column":16}],"path":["strictList",0,"strict"],"extensions":{"code":"NO"}}],"data":{"strictList":null}}""")]
    [InlineData("{ a { missing } }", """{"errors":[{"message":"Cannot return null for non-nullable field T.missing.","locations":[{"line":1,"column":7}],"path":["a","missing"],"extensions":{"code":"NULL_NOT_ALLOWED"}}],"data":{"a":null}}""")]
    [InlineData("{ a { words } }", """{"errors":[{"message":"Cannot return null for non-nullable field T.words.","locations":[{"line":1,"column":7}],"path":["a","words",1],"extensions":{"code":"NULL_NOT_ALLOWED"}}],"data":{"a":{"words":null}}}""")]
    public async Task A_null_that_may_not_be_goes_up_to_where_null_may_be(string query, string expected)
    {
        var type = new ObjectType<object>("T");
        type.Field<string>("strict", Scalars.String.NonNull(), _ => throw new FieldException("no", "NO"));
        type.Field<string>("loose", Scalars.String, _ => null);
        type.Field<string>("missing", Scalars.String.NonNull(), _ => null);
        type.Field<IReadOnlyList<string>>("words", Scalars.String.NonNull().List(), _ => ["a", null!]);
        type.Field("a", type, each => each);
        type.Field("strict2", type.NonNull(), each => each);
        var query2 = new ObjectType<object>("Query");
        query2.Field("a", type, _ => "a");
        query2.Field("strict", type.NonNull(), _ => "a");
        query2.Field<IReadOnlyList<object>>("list", type.List(), _ => ["a", "b"]);
        query2.Field<IReadOnlyList<object>>("strictList", type.NonNull().List(), _ => ["a", "b"]);
        var executor = new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query2 }));

        (await executor.AskAsync(query)).ShouldBe(expected);
    }

    [Fact]
    public async Task What_a_resolver_throws_is_told_to_the_host_and_not_to_the_client()
    {
        var failures = new List<UnexpectedFailure>();
        var query = new ObjectType<object>("Query");
        query.Field<string>("secret", Scalars.String, _ => throw new InvalidOperationException("connection string"));
        query.BatchField<string, string>("batched", Scalars.String, _ => "k", (_, _) => throw new InvalidOperationException("password"));
        var executor = new GraphQLExecutor(Schema.Create(new SchemaDefinition { Query = query }), new ExecutorOptions { OnUnexpectedFailure = failures.Add });

        (await executor.AskAsync("{ secret }")).ShouldBe(
            $$$"""{"errors":[{"message":"Internal error.","locations":[{"line":1,"column":3}],"path":["secret"],"extensions":{"code":"INTERNAL_SERVER_ERROR","correlationId":"{{{failures[0].CorrelationId}}}"}}],"data":{"secret":null}}""");
        (await executor.AskAsync("{ batched }")).ShouldContain(failures[1].CorrelationId);
        failures.Select(failure => (failure.Coordinate, failure.Exception.Message, failure.CorrelationId.Length))
            .ShouldBe([("Query.secret", "connection string", 16), ("Query.batched", "password", 16)]);
    }

    [Theory]
    [InlineData("{", ErrorCodes.ParseFailed)]
    [InlineData("{ nothing }", ErrorCodes.ValidationFailed)]
    [InlineData("query A { __typename } query B { __typename }", ErrorCodes.OperationUnknown)]
    [InlineData("query($v: Int!) { __typename @skip(if: false) __type(name: \"Int\") { name } ...F } fragment F on Query { release(id: $v) { id } }", ErrorCodes.ValidationFailed)]
    [InlineData("query($id: ID!) { release(id: $id) { id } }", ErrorCodes.BadValue)]
    [InlineData("fragment F on Query { __typename }", ErrorCodes.ValidationFailed)]
    public async Task A_request_that_is_not_executed_has_errors_and_no_data(string text, string code)
    {
        using var result = await Releases.ExecuteAsync(Ask.For(text));
        result.HasData.ShouldBeFalse();
        Ask.TextOf(result).ShouldStartWith("""{"errors":[{"message":""");
        result.Errors[0].Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("A", """{"data":{"a":"Query"}}""")]
    [InlineData("B", """{"data":{"b":"Query"}}""")]
    public async Task The_operation_that_is_named_is_executed(string name, string expected) =>
        (await Releases.AskAsync(Ask.For("query A { a: __typename } query B { b: __typename }", operation: name))).ShouldBe(expected);

    [Fact]
    public async Task A_condition_that_is_given_as_null_is_refused_before_execution()
    {
        using var result = await Releases.ExecuteAsync(Ask.For("query($c: Boolean = true) { __typename @skip(if: $c) }", new { c = (bool?)null }));
        (result.HasData, result.Errors[0].Code).ShouldBe((false, ErrorCodes.BadValue));
    }

    [Fact]
    public async Task Introspection_is_answered_like_anything_else() =>
        (await Releases.AskAsync("{ __type(name: \"SignOff\") { kind fields { name type { name ofType { name } } } } __schema { queryType { name } } }"))
        .ShouldBe("""{"data":{"__type":{"kind":"OBJECT","fields":[{"name":"role","type":{"name":null,"ofType":{"name":"String"}}},{"name":"signer","type":{"name":null,"ofType":{"name":"String"}}},{"name":"verified","type":{"name":null,"ofType":{"name":"Boolean"}}}]},"__schema":{"queryType":{"name":"Query"}}}}""");
}
