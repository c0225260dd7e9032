using System.Text;
using Ledger.Domain;

namespace Ledger.Exports.Periods;

/// <summary>Says what a period's bundle holds and how it is verified. Pure.</summary>
internal static class PeriodReadme
{
    public static byte[] Write(string origin, Population population)
    {
        var service = population.Service == "*" ? "every service" : $"the service {population.Service}";
        var complete = population.Complete
            ? "Nothing can have been left out: every leaf of the log between the two ends is here."
            : $"Not evaluated: {population.Others} leaves between the two ends belong to other services, or to no release, and whoever exported this may not see them; that none of them belongs here is the log's word alone.";
        return Encoding.UTF8.GetBytes($"""
            # {UtcTimeJsonConverter.ToText(population.From)} to {UtcTimeJsonConverter.ToText(population.To)}

            What the ledger `{origin}`{SandboxRemark.Of(origin)} holds of {service} from the first time up to before the second: {population.Releases} releases, {population.Events} events.
            {complete}

            | file | what it is |
            |---|---|
            | `releases.csv` | one row for each release that has an event in the period, as it stood at the period's end: the population to sample from |
            | `events.ndjson` | every event of the period, one canonical JSON (RFC 8785) a line, in the order of the log |
            | `others.ndjson` | the leaves in between that are of another service, or of events that fit no release; there when there are any |
            | `population.json` | how many there are, and between which leaves |
            | `leaves` | the hash of every leaf between the two ends, 32 bytes each |
            | `range.json` | the tree before the first leaf, the way from the last one to the checkpoint (RFC 6962), and the events on both sides, whose times show that the period ends there |
            | `checkpoint`, `log.vkey` | the tree's signed head (C2SP tlog-checkpoint), and the key that signed it |
            | `controls.json` | which events show what controls ask for; there if it was asked for |
            | `manifest` | the digest of every other file, signed by the log's key |

            `ledger verify FILE.zip --key "$(cat log.vkey)"` checks all of it, with no server and no network; give it the key that you trust, from elsewhere
            than from this bundle. By hand: the leaf hash of an event is SHA-256 over a zero byte and its line, and stands in `leaves` at 32 times its place.

            ```sh
            leaf() {LeafFunction}
            leaf 1; od -An -tx1 -N32 leaves | tr -d ' \n'   # where the first leaf is an event of the period, these two are the same
            ```

            """.ReplaceLineEndings("\n"));
    }

    private const string LeafFunction = """{ { printf '\000'; sed -n "$1p" events.ndjson | tr -d '\n'; } | openssl dgst -sha256; }""";
}
