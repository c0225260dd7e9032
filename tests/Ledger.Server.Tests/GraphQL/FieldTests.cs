using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What the fields of the schema say of a release to which everything happened.</summary>
[Collection(ServerCollection.Name)]
public sealed class FieldTests(RunningServer server)
{
    [Fact]
    public async Task Who_signed_what_when_with_what_meaning_and_whether_the_chain_holds()
    {
        var (service, version) = await ReleaseAsync("signing");
        var release = (await server.AskAsync(
            """
            query($s: String!, $v: String!) { release(service: $s, version: $v) {
              signOffState
              signOffs { id stage role name signerId signer { name roles keys { keyId algorithm end { reason } } } decision meaning statement at state keyId
                         envelope { payloadType payload signatures { sig } } event { sequence type } withdrawal { reason } release { name } }
              signOffStages { name title quorum roles complete open signOffs { name } }
              signOffChain { status firstReason detail required ledger release stages { name complete } links { sequence name previous statement state checks { name outcome detail } event { type } } } } }
            """, new { s = service, v = version })).GetProperty("release");
        release.GetProperty("signOffs").Each("name").ShouldBe(["Lena Lead", "Otto Officer"]);
        release.GetProperty("signOffs").Each("meaning").ShouldAllBe(meaning => meaning == "I have read the evidence and answer for this release.");
        release.GetProperty("signOffs").Each("state").ShouldAllBe(state => state == "COUNTS");
        release.TextAt("signOffState").ShouldBe("COMPLETE");
        release.GetProperty("signOffStages").Each("signOffs.0.name").ShouldBe(["Lena Lead", "Otto Officer"]);
        release.TextAt("signOffChain.status").ShouldBe("VALID", release.ToString());
        release.At("signOffChain.firstReason").ValueKind.ShouldBe(JsonValueKind.Null);
        release.At("signOffChain.links.1.previous").GetString().ShouldBe(release.TextAt("signOffs.0.statement"));
        foreach (var link in release.At("signOffChain.links").EnumerateArray()) link.GetProperty("checks").Each("outcome").ShouldAllBe(outcome => outcome == "PASSED");

        // What was signed is what its digest says, and the signer's key is the one that is named.
        var payload = Convert.FromBase64String(release.TextAt("signOffs.0.envelope.payload")!);
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(payload))}".ShouldBe(release.TextAt("signOffs.0.statement"));
        release.TextAt("signOffs.0.keyId").ShouldBe(release.TextAt("signOffs.0.signer.keys.0.keyId"));

        var verified = await server.AskAsync("query($r: String!) { verifySignOffChain(release: $r) { status links { checks { outcome } } } }", new { r = $"{service}/{version}" });
        verified.TextAt("verifySignOffChain.status").ShouldBe("VALID");
        (await server.AskAsync("""{ verifySignOffChain(release: "signing/none") { status } }""")).At("verifySignOffChain").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Gates_have_every_report_and_word_the_superseded_too()
    {
        var (service, version) = await ReleaseAsync("gating");
        var release = (await server.AskAsync(
            """
            query($s: String!, $v: String!) { release(service: $s, version: $v) {
              gates { id name title kind required waivable outcome validate criteria { tool metric comparator threshold title } checks { name title met event { type } } events { sequence }
                      waiver { owner } release { name }
                      reports { id gate tool outcome isCurrent redactions notEvaluatedBecause evidence { digest size mediaType } measurements { name value unit }
                                results { metric comparator threshold value outcome } conditions { condition result { outcome } } supersedes { version reason } event { version } }
                      attestations { gate checks met note by supersedes { reason } event { type } } waivers { id gate owner reason control until hasEnded at event { actor { subject role } } } }
              gate(name: "review") { outcome } none: gate(name: "none") { outcome }
              conditions { name title outcome events { type } } waivers { gate } } }
            """, new { s = service, v = version })).GetProperty("release");
        var tests = release.At("gates.0");
        tests.GetProperty("reports").Each("outcome").ShouldBe(["FAILED", "PASSED"]);
        tests.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("isCurrent").GetBoolean()).ShouldBe([false, true]);
        tests.TextAt("reports.1.supersedes.reason").ShouldBe("the test was wrong");
        tests.At("reports.1.supersedes.version").GetInt64().ShouldBe(tests.At("reports.0.event.version").GetInt64());
        tests.TextAt("reports.0.tool").ShouldBe("JUNIT");
        tests.TextAt("reports.0.results.0.comparator").ShouldBe("EQUAL");
        tests.At("reports.0.results.0.value").GetDouble().ShouldBe(1);
        tests.TextAt("outcome").ShouldBe("PASSED");

        var review = release.At("gates.1");
        review.TextAt("outcome").ShouldBe("WAIVED");
        review.TextAt("waiver.owner").ShouldBe("Ann");
        review.TextAt("waivers.0.control").ShouldBe("a note on the first page");
        review.At("waivers.0.hasEnded").GetBoolean().ShouldBeFalse();
        review.TextAt("attestations.0.note").ShouldBe("read every line");
        review.At("checks.0.met").GetBoolean().ShouldBeTrue();
        review.At("checks.1.met").ValueKind.ShouldBe(JsonValueKind.Null);
        release.TextAt("gate.outcome").ShouldBe("WAIVED");
        release.At("none").ValueKind.ShouldBe(JsonValueKind.Null);
        release.TextAt("conditions.0.outcome").ShouldBe("ABSENT");
        release.TextAt("conditions.0.events.0.type").ShouldBe("GATE_ATTESTED");
    }

    [Fact]
    public async Task A_decision_names_everything_it_rests_on()
    {
        var (service, version) = await ReleaseAsync("deciding");
        var release = (await server.AskAsync(
            """
            query($s: String!, $v: String!) { release(service: $s, version: $v) {
              name commit tag environment summary risk openedAt openedBy decideBy window { start } artifacts { name digest } verdict judgedAt reporters lastSequence lastAt
              reasons { code verdict subject rule message events { type } } closing { outcome event { data } }
              policy { name version digest title description document gates { name criteria checks } conditions { name when } stages { name roles quorum } roles { name holders } publishedAt publishedBy
                       event { type } versions { totalCount nodes { version } } }
              decision { verdict at by reason goNoGo { verdict at digest } emergency { reason } policy { name } inputs { sequence type } event { sequence } }
              decisions { verdict } events { nodes { type version } totalCount } } }
            """, new { s = service, v = version })).GetProperty("release");
        release.TextAt("decision.verdict").ShouldBe("GO");
        release.TextAt("decision.goNoGo.verdict").ShouldBe("GO");
        release.At("decision.inputs").Each("type").ShouldBe(["RELEASE_OPENED", "GATE_REPORTED", "GATE_ATTESTED", "GATE_ATTESTED", "GATE_WAIVED", "SIGNED_OFF", "SIGNED_OFF"]);
        release.TextAt("verdict").ShouldBe("NO_GO");
        release.TextAt("reasons.0.code").ShouldBe("release_closed");
        release.TextAt("closing.outcome").ShouldBe("SUCCEEDED");
        release.TextAt("closing.event.data.reason").ShouldBe("kept for a day");
        release.TextAt("policy.name").ShouldBe("whole");
        release.TextAt("policy.document.title").ShouldBe("Whole release");
        release.At("policy.stages").Each("name").ShouldBe(["technical", "final"]);
        release.At("events.nodes").Each("type").ShouldBe(
            ["RELEASE_OPENED", "GATE_REPORTED", "GATE_REPORTED", "GATE_ATTESTED", "GATE_ATTESTED", "GATE_WAIVED", "SIGNED_OFF", "SIGNED_OFF", "DECISION_MADE", "RELEASE_CLOSED"]);
        release.At("events.totalCount").GetInt64().ShouldBe(10);
    }

    [Fact]
    public async Task An_event_proves_itself()
    {
        var (service, version) = await ReleaseAsync("proving");
        var nodes = (await server.AskAsync(
            """
            query($s: String!, $v: String!) { release(service: $s, version: $v) { events { nodes {
              sequence leafIndex eventId stream version type at actor { subject role } data leaf leafHash previousLeafHash
              receipt { leafIndex checkpoint { size root note at cosignatures { witness } timestamp } } inclusionProof { leafIndex leafHash treeSize root hashes checkpoint tlogProof } release { name } } } } }
            """, new { s = service, v = version })).At("release.events.nodes");
        string? previous = null;
        foreach (var logged in nodes.EnumerateArray())
        {
            // What the log commits to can be worked out from the answer alone.
            var leaf = Encoding.UTF8.GetBytes(logged.TextAt("leaf")!);
            Convert.ToHexStringLower(SHA256.HashData([0, .. leaf])).ShouldBe(logged.TextAt("leafHash"));
            logged.TextAt("inclusionProof.leafHash").ShouldBe(logged.TextAt("leafHash"));
            logged.GetProperty("previousLeafHash").GetString().ShouldBe(previous);
            previous = logged.TextAt("leafHash");
            JsonElement.Parse(leaf).GetProperty("data").GetRawText().ShouldBe(logged.GetProperty("data").GetRawText());
            logged.At("receipt.checkpoint.size").GetInt64().ShouldBeGreaterThanOrEqualTo(logged.GetProperty("sequence").GetInt64());
        }

        var sequence = nodes.At("2.sequence").GetInt64();
        var verified = await server.AskAsync(
            """
            query($n: Long!, $h: Hash!) { event(sequence: $n) { type } verifyInclusion(sequence: $n, leafHash: $h) { valid checks { name outcome detail } proof { treeSize } }
              wrong: verifyInclusion(sequence: 1, leafHash: $h) { valid checks { name outcome } }
              later: verifyInclusion(sequence: $n, treeSize: 999999999) { valid checks { outcome } proof { root } }
              verifyConsistency(from: 1) { valid checks { name outcome detail } proof { from to hashes fromRoot toRoot checkpoint } } consistencyProof(from: 0) { to }
              log { origin verifierKey size checkpoint { size root note } } checkpoint(size: 1) { size } }
            """, new { n = sequence, h = nodes.TextAt("2.leafHash") });
        verified.At("verifyInclusion.valid").GetBoolean().ShouldBeTrue(verified.ToString());
        verified.At("wrong.valid").GetBoolean().ShouldBeFalse();
        verified.At("wrong.checks").Each("outcome").ShouldBe(["PASSED", "PASSED", "PASSED", "FAILED"]);
        verified.At("later.valid").GetBoolean().ShouldBeFalse();
        verified.TextAt("later.checks.0.outcome").ShouldBe("NOT_EVALUATED");
        verified.At("verifyConsistency.valid").GetBoolean().ShouldBeTrue();
        verified.At("log.checkpoint.size").GetInt64().ShouldBe(verified.At("log.size").GetInt64());
    }

    [Fact]
    public async Task A_population_comes_with_the_proof_that_nothing_is_left_out()
    {
        var from = DateTimeOffset.UtcNow;
        var (service, version) = await ReleaseAsync("population");
        var to = DateTimeOffset.UtcNow;
        await server.OpenAsync("population");
        var answer = await server.AskAsync(
            """
            query($f: DateTime!, $t: DateTime!, $s: String) { population(period: { from: $f, to: $t }, service: $s) {
              service firstLeafIndex endLeafIndex treeSize checkpoint from to count { events releases others complete } proof { valid detail first end frontier consistency } leafHashes
              before { at } after { at } releases { totalCount nodes { name closing { outcome } } } } }
            """, new { f = from.ToString("O"), t = to.ToString("O"), s = service });
        var population = answer.GetProperty("population");
        population.At("proof.valid").GetBoolean().ShouldBeTrue(population.ToString());
        population.At("count.complete").GetBoolean().ShouldBeTrue();
        population.At("releases.nodes").Each("name").ShouldBe([$"{service}/{version}"]);
        population.At("count.releases").GetInt64().ShouldBe(1);
        var (first, end) = (population.GetProperty("firstLeafIndex").GetInt64(), population.GetProperty("endLeafIndex").GetInt64());
        population.GetProperty("leafHashes").GetArrayLength().ShouldBe((int)(end - first));
        (population.At("count.events").GetInt64() + population.At("count.others").GetInt64()).ShouldBe(end - first);
        population.At("before.at").GetDateTimeOffset().ShouldBeLessThan(from);
        population.At("after.at").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(to.AddMicroseconds(-1));
        (await server.Client("ci").RefusalAsync("{ population(period: {}) { service } }")).ShouldBe("FORBIDDEN");
    }

    [Fact]
    public async Task Controls_are_shown_by_the_very_events()
    {
        var (service, version) = await ReleaseAsync("controls");
        var answer = await server.AskAsync(
            """
            query($s: String!, $v: String!) { controls { id framework name asksFor } release(service: $s, version: $v) { controls(ids: [SOC_2_CC8_1, _21_CFR_11_50]) { id status asksFor demands { demand status note events { type } } } }
              releases(filter: { services: [$s], control: { id: _21_CFR_11_50, status: SHOWN } }) { nodes { name } } none: releases(filter: { services: [$s], control: { id: _21_CFR_11_50, status: NOT_SHOWN } }) { nodes { name } } }
            """, new { s = service, v = version });
        answer.GetProperty("controls").GetArrayLength().ShouldBeGreaterThan(20);
        answer.At("release.controls").Each("id").ShouldBe(["SOC_2_CC8_1", "_21_CFR_11_50"]);
        answer.TextAt("release.controls.1.status").ShouldBe("SHOWN", answer.GetProperty("release").ToString());
        answer.TextAt("release.controls.1.demands.0.events.0.type").ShouldBe("SIGNED_OFF");
        answer.At("releases.nodes").Each("name").ShouldBe([$"{service}/{version}"]);
        answer.At("none.nodes").GetArrayLength().ShouldBe(0);
        (await server.Client("ci").RefusalAsync("""{ releases(filter: { control: { id: SOC_2_CC8_1, status: SHOWN } }) { nodes { name } } }""")).ShouldBe("FORBIDDEN");
    }

    [Fact]
    public async Task Every_node_is_found_again_by_its_id()
    {
        var (service, version) = await ReleaseAsync("nodes");
        var release = (await server.AskAsync(
            """
            query($s: String!, $v: String!) { release(service: $s, version: $v) { id gates { id reports { id } waivers { id } } signOffs { id signer { id } } decision { id } policy { id } events(first: 1) { nodes { id receipt { checkpoint { id } } } } } }
            """, new { s = service, v = version })).GetProperty("release");
        (string Type, string Id)[] nodes =
        [
            ("Release", release.TextAt("id")!), ("Gate", release.TextAt("gates.0.id")!), ("GateReport", release.TextAt("gates.0.reports.0.id")!), ("Waiver", release.TextAt("gates.1.waivers.0.id")!),
            ("SignOff", release.TextAt("signOffs.0.id")!), ("Signer", release.TextAt("signOffs.0.signer.id")!), ("Decision", release.TextAt("decision.id")!), ("Policy", release.TextAt("policy.id")!),
            ("Event", release.TextAt("events.nodes.0.id")!), ("Checkpoint", release.TextAt("events.nodes.0.receipt.checkpoint.id")!),
        ];
        LedgerSchema.Instance.Types.OfType<ObjectType>().Where(type => type.Interfaces.Any(each => each.Name == "Node")).Select(type => type.Name).Order().ShouldBe(nodes.Select(node => node.Type).Order());
        var found = (await server.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", new { ids = nodes.Select(node => node.Id).Append("nonsense").Append("UmVsZWFzZTpub25lL25vbmU") })).GetProperty("nodes");
        found.EnumerateArray().Take(nodes.Length).Select(node => (node.TextAt("__typename"), node.TextAt("id"))).ShouldBe(nodes.Select(node => ((string?)node.Type, (string?)node.Id)));
        found.EnumerateArray().Skip(nodes.Length).ShouldAllBe(node => node.ValueKind == JsonValueKind.Null);
        foreach (var (type, id) in nodes) (await server.AskAsync("query($id: ID!) { node(id: $id) { __typename } }", new { id })).TextAt("node.__typename").ShouldBe(type);
        (await server.Client("auditor").RefusalAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = Enumerable.Repeat("x", 51) })).ShouldBe("TOO_MANY");
    }

    [Fact]
    public async Task Policies_signers_and_the_viewer()
    {
        await ReleaseAsync("people");
        var answer = await server.AskAsync(
            """
            { viewer { subject role services } policies { totalCount nodes { id name version services } } policy(name: "whole") { version } old: policy(name: "whole", version: 1) { version } none: policy(name: "whole", version: 99) { version }
              signers(last: 2) { pageInfo { hasPreviousPage } edges { cursor node { id signerId name accounts keys { publicKey notBefore notAfter addedAt added { type } } } } } signer(id: "nobody") { name } then: signers(asOf: { sequence: 1 }) { totalCount } }
            """);
        answer.TextAt("viewer.role").ShouldBe("AUDITOR");
        answer.At("policies.nodes").Each("name").ShouldBe(answer.At("policies.nodes").Each("name").Order(StringComparer.Ordinal));
        answer.At("old.version").GetInt64().ShouldBe(1);
        answer.At("none").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.At("signers.edges").GetArrayLength().ShouldBe(2);
        answer.At("signer").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.At("then.totalCount").GetInt64().ShouldBe(0);
    }

    private async Task<(string Service, string Version)> ReleaseAsync(string service)
    {
        var name = await FullRelease.MakeAsync(server, service);
        return (service, name.Split('/')[1]);
    }
}
