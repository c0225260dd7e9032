using System.Text.Json;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Types;

public class InputCoercionTests
{
    private static readonly Schema Schema = SdlSchema.Read("""
        type Query { a(i: In): Int }
        enum Color { RED GREEN }
        scalar Any
        input In { int: Int float: Float id: ID text: String flag: Boolean color: Color any: Any list: [Int!] lists: [[Int]] nested: Deep choice: Choice required: Int! = 5 }
        input Deep { text: String! = "x" number: Int }
        input Choice @oneOf { a: Int b: String }
        """);

    [Theory]
    [InlineData("{int: 1}", "{\"int\":1}", "{\"int\":1,\"required\":5}")]
    [InlineData("{int: -2147483648}", "{\"int\":-2147483648}", "{\"int\":-2147483648,\"required\":5}")]
    [InlineData("{float: 1}", "{\"float\":1}", "{\"float\":1,\"required\":5}")]
    [InlineData("{id: 4}", "{\"id\":4}", "{\"id\":\"4\",\"required\":5}")]
    [InlineData("{id: \"4\"}", "{\"id\":\"4\"}", "{\"id\":\"4\",\"required\":5}")]
    [InlineData("{color: RED}", "{\"color\":\"RED\"}", "{\"color\":\"RED\",\"required\":5}")]
    [InlineData("{list: 1}", "{\"list\":1}", "{\"list\":[1],\"required\":5}")]
    [InlineData("{list: []}", "{\"list\":[]}", "{\"list\":[],\"required\":5}")]
    [InlineData("{lists: 1}", "{\"lists\":1}", "{\"lists\":[[1]],\"required\":5}")]
    [InlineData("{lists: [[1], null]}", "{\"lists\":[[1],null]}", "{\"lists\":[[1],null],\"required\":5}")]
    [InlineData("{nested: {}}", "{\"nested\":{}}", "{\"nested\":{\"text\":\"x\"},\"required\":5}")]
    [InlineData("{nested: null}", "{\"nested\":null}", "{\"nested\":null,\"required\":5}")]
    [InlineData("{choice: {a: 1}}", "{\"choice\":{\"a\":1}}", "{\"choice\":{\"a\":1},\"required\":5}")]
    [InlineData("{any: {a: [1, \"b\", null]}}", "{\"any\":{\"a\":[1,\"b\",null]}}", "{\"any\":{\"a\":[1,\"b\",null]},\"required\":5}")]
    public void A_literal_and_the_same_JSON_become_the_same_value(string literal, string json, string value)
    {
        LiteralCoercion.TryCoerce(Literal(literal), Input, null, out var ofLiteral).ShouldBeTrue();
        JsonCoercion.TryCoerce(Json(json), Input, problem => problem.ToString().ShouldBeNull(), out var ofJson).ShouldBeTrue();
        JsonSerializer.Serialize(ofLiteral.ToObject()).ShouldBe(Ordered(value));
        JsonSerializer.Serialize(ofJson.ToObject()).ShouldBe(Ordered(value));
    }

    [Theory]
    [InlineData("{int: 2147483648}", "{\"int\":2147483648}")]
    [InlineData("{int: 1.0}", "{\"int\":1.5}")]
    [InlineData("{int: \"1\"}", "{\"int\":\"1\"}")]
    [InlineData("{float: 1e999}", "{\"float\":1e999}")]
    [InlineData("{text: 1}", "{\"text\":1}")]
    [InlineData("{flag: 1}", "{\"flag\":1}")]
    [InlineData("{id: 1.5}", "{\"id\":1.5}")]
    [InlineData("{color: \"RED\"}", "{\"color\":1}")]
    [InlineData("{color: BLUE}", "{\"color\":\"BLUE\"}")]
    [InlineData("{list: [1, null]}", "{\"list\":[1,null]}")]
    [InlineData("{nested: {text: null}}", "{\"nested\":{\"text\":null}}")]
    [InlineData("{required: null}", "{\"required\":null}")]
    [InlineData("{unknown: 1}", "{\"unknown\":1}")]
    [InlineData("{choice: {}}", "{\"choice\":{}}")]
    [InlineData("{choice: {a: 1, b: \"x\"}}", "{\"choice\":{\"a\":1,\"b\":\"x\"}}")]
    [InlineData("{choice: {a: null}}", "{\"choice\":{\"a\":null}}")]
    [InlineData("[]", "[]")]
    public void What_is_not_of_the_type_is_refused_with_a_reason(string literal, string json)
    {
        var problems = new List<string>();
        LiteralCoercion.TryCoerce(Literal(literal), Input, null, out _).ShouldBeFalse();
        LiteralCheck.Check(Literal(literal), Input, problem => problems.Add(problem.Message));
        problems.ShouldNotBeEmpty();
        problems.Clear();
        JsonCoercion.TryCoerce(Json(json), Input, problem => problems.Add(problem.Message), out _).ShouldBeFalse();
        problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void In_JSON_1_0_is_an_integer()
    {
        JsonCoercion.TryCoerce(Json("1.0"), Scalars.Int, _ => { }, out var value).ShouldBeTrue();
        value.As<int>().ShouldBe(1);
        JsonCoercion.TryCoerce(Json("7.0"), Scalars.Id, _ => { }, out var id).ShouldBeTrue();
        id.As<string>().ShouldBe("7");
        JsonCoercion.TryCoerce(Json("1e300"), Scalars.Id, _ => { }, out _).ShouldBeFalse();
    }

    // Each message shows the value: 20,000 fields that are not there, each with all of them, would be gigabytes.
    [Theory]
    [InlineData("{\"nested\":{#}}", "\"u#\":1")]
    [InlineData("{\"list\":[#]}", "{\"u#\":1}")]
    [InlineData("[#]", "{}")]
    public void What_is_wrong_with_a_large_value_is_said_at_little_cost(string json, string part)
    {
        var value = Json(json.Replace("#", string.Join(',', Enumerable.Range(0, 20_000).Select(i => part.Replace("#", $"{i}", StringComparison.Ordinal))), StringComparison.Ordinal));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problems = new List<JsonProblem>();
        JsonCoercion.TryCoerce(value, Input, problems.Add, out _, suggest: true, problemsMax: 50).ShouldBeFalse();
        problems.Count.ShouldBeInRange(1, 50);
        problems.ShouldAllBe(problem => problem.Message.Length < 3_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(30 << 20);
    }

    [Fact]
    public void A_variable_that_was_not_given_leaves_a_field_to_its_default()
    {
        var variables = new Variables(new() { ["n"] = CoercedValue.Of(3), ["null"] = CoercedValue.Null });
        LiteralCoercion.TryCoerce(Literal("{int: $n required: $none list: [$n] nested: {number: $null}}"), Input, variables, out var value).ShouldBeTrue();
        var fields = value.Fields!;
        fields.Get<int?>("int").ShouldBe(3);
        fields.Get<int?>("required").ShouldBe(5);
        fields.GetList<int>("list").ShouldBe([3]);
        fields.Has("float").ShouldBeFalse();
        fields.Get<InputValues>("nested")!.Has("number").ShouldBeTrue();

        LiteralCoercion.TryCoerce(Literal("{required: $null}"), Input, variables, out _).ShouldBeFalse();
        LiteralCoercion.TryCoerce(Literal("{choice: {a: $none}}"), Input, variables, out _).ShouldBeFalse();
        LiteralCoercion.TryCoerce(Literal("{choice: {a: $n, b: $none}}"), Input, variables, out _).ShouldBeFalse();
    }

    private static GraphQLType Input => Schema.FindType("In")!;

    private static Ledger.GraphQL.Language.Syntax.ValueNode Literal(string text) => GraphQLParser.ParseValue(text, isConstant: false).Node!;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    // Fields come in the order of their definitions.
    private static string Ordered(string json) => JsonSerializer.Serialize(
        Json(json).EnumerateObject().OrderBy(each => ((InputObjectType)Input).IndexOf(each.Name)).ToDictionary(each => each.Name, each => each.Value));

    private sealed class Variables(Dictionary<string, CoercedValue> values) : IVariableValues
    {
        public CoercedValue Get(string name) => values.GetValueOrDefault(name);
    }
}
