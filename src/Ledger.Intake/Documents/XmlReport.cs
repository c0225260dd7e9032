using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using Ledger.Intake.Readers;

namespace Ledger.Intake.Documents;

/// <summary>
/// Opens XML safely: nothing is ever fetched, no entity is expanded beyond the five of XML itself, and depth is bounded. A DOCTYPE that only
/// names an external DTD, as Cobertura's does, is passed over.
/// </summary>
internal static class XmlReport
{
    private static readonly XmlReaderSettings Settings = new()
    {
        // Parsed, not ignored, so that what it declares can be seen and refused.
        DtdProcessing = DtdProcessing.Parse,
        XmlResolver = null,
        MaxCharactersFromEntities = ReportLimits.MaxCharactersFromEntities,
        ValidationType = ValidationType.None,
    };

    /// <summary>A reader at the start of the document.</summary>
    public static XmlReader Open(ReadOnlyMemory<byte> xml) => XmlReader.Create(
        MemoryMarshal.TryGetArray(xml, out var bytes) ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false) : new MemoryStream(xml.ToArray(), writable: false),
        Settings);

    /// <summary>Reads the document through once.</summary>
    /// <returns>Null, with the root element; or why it cannot be read.</returns>
    public static Refusal? TryCheck(ReadOnlyMemory<byte> xml, out XmlRoot? root)
    {
        root = null;
        var hasDoctype = false;
        try
        {
            using var reader = Open(xml);
            while (reader.Read())
            {
                if (reader.Depth >= ReportLimits.MaxDepth && reader.NodeType == XmlNodeType.Element)
                    return new Refusal(RefusalCodes.TooDeep, $"the report nests deeper than {ReportLimits.MaxDepth} levels");
                if (reader.NodeType == XmlNodeType.DocumentType)
                {
                    hasDoctype = true;
                    if (!string.IsNullOrWhiteSpace(reader.Value)) return HasDtd();
                }

                if (reader.NodeType == XmlNodeType.Element) root ??= RootOf(reader);
            }

            return null;
        }
        catch (XmlException e)
        {
            // A declaration that cannot even be parsed (an entity of entities beyond the bound) is refused for what it is.
            if (root is null && !hasDoctype && Declares(xml.Span)) return HasDtd();
            return new Refusal(RefusalCodes.Malformed, $"the report is not well-formed XML (line {e.LineNumber}, position {e.LinePosition})");
        }
    }

    private static Refusal HasDtd() => new(RefusalCodes.HasDtd, "the report declares entities or other markup in its DOCTYPE");

    private static bool Declares(ReadOnlySpan<byte> xml) =>
        xml.IndexOf("<!ENTITY"u8) >= 0 || xml.IndexOf(Encoding.Unicode.GetBytes("<!ENTITY")) >= 0 || xml.IndexOf(Encoding.BigEndianUnicode.GetBytes("<!ENTITY")) >= 0;

    private static XmlRoot RootOf(XmlReader reader)
    {
        var (name, ns) = (reader.LocalName, reader.NamespaceURI);
        var attributes = new HashSet<string>(StringComparer.Ordinal);
        while (reader.MoveToNextAttribute()) attributes.Add(reader.LocalName);
        reader.MoveToElement();
        return new XmlRoot(name, ns, attributes);
    }
}
