using System.Text.Json;
using System.Xml;
using Ledger.Intake.Documents;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.Readers;

/// <summary>Reads one tool's reports. Without state, so safe to share between threads.</summary>
internal abstract class ToolReader
{
    /// <summary>The tool's name in the metric catalogue.</summary>
    public abstract string Tool { get; }
}

/// <summary>Reads a tool that writes JSON or YAML.</summary>
internal abstract class DocumentReader : ToolReader
{
    /// <summary>Whether the tool's reports are also written in YAML.</summary>
    public virtual bool AcceptsYaml => false;

    /// <summary>The media type of the tool's JSON.</summary>
    public virtual string MediaType => "application/json";

    /// <summary>Whether the document shows by its structure that this tool wrote it.</summary>
    public abstract bool Recognises(Node root);

    /// <summary>Whether the tool may have written this document though it does not show it: <c>[]</c>, <c>{}</c>, <c>null</c>.</summary>
    public virtual bool MayHaveWritten(Node root) => false;

    /// <summary>Gathers what the document says.</summary>
    public abstract void Read(Node root, Findings findings);

    /// <summary>Which strings of the document are secrets by their place.</summary>
    public virtual RedactionRules RulesFor(JsonElement root) => RedactionRules.None;
}

/// <summary>Reads a tool that writes XML.</summary>
internal abstract class XmlToolReader : ToolReader
{
    /// <summary>Whether the root element shows that this tool wrote the document.</summary>
    public abstract bool Recognises(XmlRoot root);

    /// <summary>Gathers what the document says. The reader stands on the root element; the document is known to be well-formed.</summary>
    public abstract void Read(XmlReader reader, Findings findings);
}

/// <summary>The root element of an XML document.</summary>
internal sealed record XmlRoot(string LocalName, string Namespace, IReadOnlySet<string> Attributes);
