using Ledger.Intake.Documents;
using Ledger.Intake.Readers;

namespace Ledger.Intake;

/// <summary>The readers there are, and which of them a report belongs to by its own structure.</summary>
internal static class ToolRecogniser
{
    public static IReadOnlyList<DocumentReader> DocumentReaders { get; } =
    [
        new K6Reader(), new TrivyReader(), new CosignReader(), new PolicyReportReader(), new ConftestReader(), new OpaReader(), new SarifReader(),
        new PipAuditReader(), new BanditReader(), new NpmAuditReader(), new GitleaksReader(), new ArgoCdReader(), new MeasurementsReader(),
    ];

    public static IReadOnlyList<XmlToolReader> XmlReaders { get; } = [new JUnitReader(), new TrxReader(), new CoberturaReader()];

    /// <summary>The reader of the named tool, whatever it reads.</summary>
    public static ToolReader? Find(string tool) =>
        (ToolReader?)DocumentReaders.FirstOrDefault(reader => reader.Tool == tool) ?? XmlReaders.FirstOrDefault(reader => reader.Tool == tool);

    /// <summary>Every reader that recognises the document; where none does, every reader whose tool may have written it.</summary>
    public static (IReadOnlyList<DocumentReader> Recognising, IReadOnlyList<DocumentReader> Possible) Candidates(Node root, bool isYaml)
    {
        var readers = DocumentReaders.Where(reader => reader.AcceptsYaml || !isYaml).ToList();
        var recognising = readers.FindAll(reader => reader.Recognises(root));
        return (recognising, recognising.Count > 0 ? [] : readers.FindAll(reader => reader.MayHaveWritten(root)));
    }
}
