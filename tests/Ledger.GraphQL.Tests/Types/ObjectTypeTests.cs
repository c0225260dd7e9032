using System.Collections.Immutable;
using System.Text;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Types;

public class ObjectTypeTests
{
    private static readonly Schema Schema = ReleaseSchema.Create(_ => null);
    private static readonly ResolverContext Context = new(new RequestContext(Schema, "host", CancellationToken.None), InputValues.None);

    [Fact]
    public void A_schema_written_in_C_sharp_is_printed_in_the_order_of_reference() => SchemaPrinter.Print(Schema).ShouldBe("""
        type Query {
          release(id: ID!): Release
        }

        """ + "\n" + """"
        """What may go, or not."""
        type Release {
          id: ID!
          version: String!
          gates: [Gate!]!
          signOffs: [SignOff!]!
        }

        type Gate {
          name: String!
          status: GateStatus!
          evidence: [Evidence!]!
        }

        enum GateStatus {
          PENDING
          PASSED
          FAILED
          WAIVED
        }

        type Evidence {
          url: String!
          sha256: String!
        }

        type SignOff {
          role: String!
          signer: String!
          verified: Boolean!
        }
        """");

    [Fact]
    public void A_scalar_that_no_type_uses_is_absent()
    {
        Schema.FindType("Float").ShouldBeNull();
        Schema.FindType("Int").ShouldBeNull();
        Schema.FindType("Boolean").ShouldBe(Scalars.Boolean);
    }

    [Theory]
    [InlineData("Gate", "name", "\"tests \\\"fast\\\"\"")]
    [InlineData("Gate", "status", "\"WAIVED\"")]
    [InlineData("SignOff", "verified", "true")]
    public void A_leaf_is_written_straight_to_the_output(string type, string field, string json)
    {
        object source = type == "Gate" ? new Gate("tests \"fast\"", GateStatus.Waived, []) : new SignOff("qa", "jo", true);
        Write(((ObjectType)Schema.FindType(type)!).Find(field)!, source).ShouldBe((json, null));
    }

    [Fact]
    public void Writing_a_leaf_allocates_nothing()
    {
        var gate = new Gate("tests", GateStatus.Passed, []);
        var signOff = new SignOff("qa", "jo", true);
        LeafResolver[] leaves = [Leaf("Gate", "name"), Leaf("Gate", "status")];
        var verified = Leaf("SignOff", "verified");
        using var output = new JsonBuffer();
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Run();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Run()
        {
            output.Truncate(0);
            foreach (var leaf in leaves) leaf.Write(gate, Context, output);
            verified.Write(signOff, Context, output);
        }
    }

    [Fact]
    public void A_list_of_objects_is_read_by_index_whatever_kind_of_list_it_is()
    {
        var completion = (ListCompletion)((ObjectType)Schema.FindType("Gate")!).Find("evidence")!.Completion;
        var evidence = new Evidence("u", "s");
        foreach (var list in new IReadOnlyList<Evidence>[] { new[] { evidence }, new List<Evidence> { evidence }, ImmutableArray.Create(evidence) })
        {
            var items = completion.Open(list);
            items.Count.ShouldBe(1);
            items[0].ShouldBeSameAs(evidence);
        }
    }

    [Fact]
    public void An_item_that_may_not_be_null_nulls_its_list_and_says_where()
    {
        var type = new ObjectType<object>("T");
        var strict = type.Field<IReadOnlyList<IReadOnlyList<string>>>("strict", Scalars.String.NonNull().List().List(), _ => [["a"], ["b", null!]]);
        var strictest = type.Field<IReadOnlyList<string>>("strictest", Scalars.String.NonNull().List(), _ => ["a", null!]);
        var loose = type.Field<IReadOnlyList<string>>("loose", Scalars.String.List(), _ => ["a", null!]);

        Write(loose, "").ShouldBe(("[\"a\",null]", null));
        Write(strictest, "").ShouldBe(("", "1"));
        Write(strict, "").ShouldBe(("[[\"a\"],null]", "1.1"));
    }

    [Fact]
    public void A_number_that_JSON_does_not_have_is_an_error_of_its_item()
    {
        var type = new ObjectType<object>("T");
        Write(type.Field<IReadOnlyList<double>>("list", Scalars.Float.List(), _ => [1.5, double.NaN]), "").ShouldBe(("[1.5,null]", "1"));
        Should.Throw<FieldException>(() => Write(type.Field("one", Scalars.Float, _ => double.PositiveInfinity), ""));
    }

    [Fact]
    public async Task A_batch_looks_every_key_up_once_and_answers_in_the_order_of_the_sources()
    {
        var asked = new List<string>();
        var field = new ObjectType<SignOff>("T").BatchField("length", Scalars.Int, each => each.Signer, (keys, _) =>
        {
            asked.AddRange(keys);
            return new ValueTask<IReadOnlyDictionary<string, int>>(keys.Where(key => key != "nobody").ToDictionary(key => key, key => key.Length));
        });
        SignOff By(string signer) => new("qa", signer, true);

        var values = await ((BatchResolver)field.Resolver!).ResolveAsync([By("jo"), By("alex"), By("nobody"), By("jo")], Context);

        values.ShouldBe([2, 4, null, 2]);
        asked.ShouldBe(["jo", "alex", "nobody"]);
    }

    [Fact]
    public async Task An_asynchronous_field_gives_its_value_later()
    {
        var field = new ObjectType<SignOff>("T").AsyncField("later", Scalars.Int, async (each, _) => { await Task.Yield(); return each.Role.Length; });
        (await ((AsyncResolver)field.Resolver!).ResolveAsync(new SignOff("qa", "jo", true), Context)).ShouldBe(2);
    }

    [Fact]
    public void An_abstract_type_finds_the_object_type_by_its_delegate_or_by_the_value()
    {
        var evidence = new ObjectType<Evidence>("Evidence");
        evidence.Field("url", Scalars.String, each => each.Url);
        var signOff = new ObjectType<SignOff>("SignOff");
        signOff.Field("role", Scalars.String, each => each.Role);
        var byValue = new UnionType<object>("ByValue");
        byValue.Include(evidence);
        byValue.Include(signOff);
        var byDelegate = new UnionType<object>("ByDelegate", _ => evidence);
        byDelegate.Include(evidence);
        var query = new ObjectType<object>("Query");
        query.Field("a", byValue, _ => (object?)null);
        query.Field("b", byDelegate, _ => (object?)null);
        var schema = Schema.Create(new SchemaDefinition { Query = query });

        schema.ResolveType(byValue, new SignOff("qa", "jo", true)).ShouldBe(signOff);
        schema.ResolveType(byValue, "neither").ShouldBeNull();
        schema.ResolveType(byDelegate, "anything").ShouldBe(evidence);
    }

    [Fact]
    public void A_type_is_closed_once_a_schema_has_it()
    {
        var gate = (ObjectType<Gate>)Schema.FindType("Gate")!;
        Should.Throw<InvalidOperationException>(() => gate.Field("more", Scalars.String, each => each.Name));
        Should.Throw<InvalidOperationException>(() => gate.Find("name")!.Cost(1));
    }

    [Fact]
    public void A_field_keeps_what_cost_analysis_and_authorization_need()
    {
        var field = Schema.QueryType!.Find("release")!;
        (field.CostWeight, field.Policy).ShouldBe((2, "auditor"));
    }

    private static LeafResolver Leaf(string type, string field) => (LeafResolver)((ObjectType)Schema.FindType(type)!).Find(field)!.Resolver!;

    private static (string Json, string? ErrorAt) Write(FieldDefinition field, object source)
    {
        using var output = new JsonBuffer(1);
        var outcome = ((LeafResolver)field.Resolver!).Write(source, Context, output);
        return (Encoding.UTF8.GetString(output.Written.Span), outcome.Errors is null ? null : string.Join('.', outcome.Errors.Single().Path));
    }
}
