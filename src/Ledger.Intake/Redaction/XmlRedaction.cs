using System.Text;
using System.Xml;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Redaction;

/// <summary>Redacts text, CDATA sections, attributes, comments and processing instructions of a well-formed XML document.</summary>
internal sealed class XmlRedaction
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly string?[] _placeholderOfElement = new string?[ReportLimits.MaxDepth + 2];
    private int _count;

    /// <summary>The redacted document in UTF-8, or the document itself where nothing was redacted; and how many replacements were made.</summary>
    public static (ReadOnlyMemory<byte> Xml, int Count) Redact(ReadOnlyMemory<byte> xml)
    {
        var dryRun = new XmlRedaction();
        using (var reader = XmlReport.Open(xml))
        using (var nowhere = XmlWriter.Create(Stream.Null, Settings)) dryRun.Copy(reader, nowhere);
        if (dryRun._count == 0) return (xml, 0);

        using var output = new MemoryStream();
        using (var reader = XmlReport.Open(xml))
        using (var writer = XmlWriter.Create(output, Settings)) new XmlRedaction().Copy(reader, writer);
        return (output.ToArray(), dryRun._count);
    }

    private void Copy(XmlReader reader, XmlWriter writer)
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Element(reader, writer);
                    break;
                case XmlNodeType.EndElement:
                    writer.WriteFullEndElement();
                    break;
                case XmlNodeType.Text:
                    writer.WriteString(Redact(reader.Value, _placeholderOfElement[reader.Depth]));
                    break;
                case XmlNodeType.CDATA:
                    writer.WriteCData(Redact(reader.Value, _placeholderOfElement[reader.Depth]));
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    writer.WriteWhitespace(reader.Value);
                    break;
                case XmlNodeType.Comment:
                    writer.WriteComment(Redact(reader.Value, null));
                    break;
                case XmlNodeType.ProcessingInstruction:
                    writer.WriteProcessingInstruction(reader.Name, Redact(reader.Value, null));
                    break;
                case XmlNodeType.DocumentType:
                    writer.WriteDocType(reader.Name, reader.GetAttribute("PUBLIC"), reader.GetAttribute("SYSTEM"), null);
                    break;
                case XmlNodeType.XmlDeclaration:
                    break; // the writer states its own encoding
                default:
                    throw new System.Diagnostics.UnreachableException($"{reader.NodeType} in checked XML");
            }
        }
    }

    private void Element(XmlReader reader, XmlWriter writer)
    {
        var name = reader.GetAttribute("name");
        var byName = name is null ? null : SensitiveNames.PlaceholderFor(name);
        _placeholderOfElement[reader.Depth + 1] = byName is not null && reader.LocalName == "property" ? byName : SensitiveNames.PlaceholderFor(reader.LocalName);
        writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            var placeholder = reader.LocalName == "value" ? byName : SensitiveNames.PlaceholderFor(reader.LocalName);
            writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, Redact(reader.Value, placeholder));
        }

        if (isEmpty) writer.WriteEndElement();
    }

    private string Redact(string text, string? placeholder)
    {
        if (Placeholders.Hidden(text)) return text;
        if (placeholder is not null)
        {
            _count++;
            return placeholder;
        }

        var (redacted, count) = Redactor.Redact(text);
        _count += count;
        return redacted;
    }
}
