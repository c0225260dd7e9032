using System.Text;
using Ledger.Intake.Alerts;
using Ledger.Intake.Argo;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;

namespace Ledger.Intake.Tests;

/// <summary>Whatever bytes arrive, each reader reads them or refuses them with a code; none throws.</summary>
public class ForeignDocumentTests
{
    private const int Rounds = 3_000;

    private static readonly string[] Documents =
    [
        """{"apiVersion":"argoproj.io/v1alpha1","kind":"AnalysisRun","metadata":{"name":"r","ownerReferences":[{"kind":"Rollout","name":"a"}]},"spec":{"metrics":[{"name":"m","failureLimit":"2"}]},"status":{"phase":"Failed","metricResults":[{"name":"m","count":2,"measurements":[{"phase":"Failed","value":"[0.5]","finishedAt":"2026-03-02T08:00:00Z"}]}]}}""",
        "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a, generation: 3}\nspec:\n  strategy:\n    canary: {steps: [{setWeight: 10}, {pause: {duration: 5m}}]}\nstatus: {observedGeneration: \"3\", currentStepIndex: 1, abort: true, abortedAt: 2026-03-02T08:00:00Z}\n",
        """{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"a"},"status":{"sync":{"status":"Synced","revision":"0123"},"history":[{"revision":"a","deployedAt":"2026-03-02T08:00:00Z"}],"summary":{"images":["i"]}}}""",
        """{"version":"4","truncatedAlerts":1,"alerts":[{"status":"firing","labels":{"alertname":"a","severity":"critical"},"annotations":{},"startsAt":"2026-03-02T08:00:00Z","endsAt":"0001-01-01T00:00:00Z"}]}""",
        """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[[1.5,"1"],[2,"NaN"]]}]},"warnings":["w"]}""",
        """{"specversion":"1.0","id":"1","source":"/s","type":"dev.cdevents.service.deployed.0.3.0","time":"2026-03-02T08:00:00Z","data":{"context":{"specversion":"0.5.0","id":"1","source":"/s","type":"dev.cdevents.service.deployed.0.3.0","timestamp":"2026-03-02T08:00:00Z"},"subject":{"id":"a","content":{"environment":{"id":"p"},"artifactId":"pkg:oci/a@1"}}}}""",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Documents.Length)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Bytes_that_were_changed_anywhere_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        var original = Encoding.UTF8.GetBytes(Documents[seed - 1]);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutated(original, random);
            var text = Encoding.UTF8.GetString(bytes);
            Should.NotThrow(
                () =>
                {
                    ArgoReader.Read(bytes);
                    AlertmanagerReader.Read(bytes);
                    PrometheusReader.Read(bytes);
                    CdEventReader.Wrap(bytes);
                    CloudEventReader.Read(text, [KeyValuePair.Create("ce-id", text), KeyValuePair.Create("ce-source", text)], bytes);
                    if (CloudEventReader.Read(CloudEventReader.Structured, [], bytes) is IntakeResult<IReadOnlyList<CloudEvent>>.Read read)
                    {
                        CdEventReader.Read(read.Value[0]);
                        CloudEventReader.Read(CloudEventReader.Structured, [], CloudEventJson.Write(read.Value[0])).ShouldBeOfType<IntakeResult<IReadOnlyList<CloudEvent>>.Read>();
                        CloudEventJson.Redact(read.Value[0]);
                    }
                },
                $"seed {seed}, round {round}: {text}");
        }
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        const string pieces = "{}[]\",:0-9.eE\\u \n%";
        var bytes = original.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(1, 12)));
                    break;
                case 2:
                    bytes.Insert(place, (byte)pieces[random.Next(pieces.Length)]);
                    break;
                default:
                    bytes.InsertRange(place, original.AsSpan(random.Next(original.Length / 2), random.Next(1, 20)).ToArray());
                    break;
            }

            if (bytes.Count == 0) return [];
        }

        return [.. bytes];
    }
}
