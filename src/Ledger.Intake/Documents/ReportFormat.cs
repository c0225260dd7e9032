namespace Ledger.Intake.Documents;

/// <summary>The language a report is written in.</summary>
internal enum ReportFormat
{
    /// <summary>Nothing but white space.</summary>
    Empty,

    /// <summary>RFC 8259.</summary>
    Json,

    /// <summary>XML 1.0, in any encoding it declares.</summary>
    Xml,

    /// <summary>Anything else that is text: YAML 1.2, if it is a report at all.</summary>
    Text,
}

/// <summary>Tells formats apart by their first characters.</summary>
internal static class ReportFormats
{
    private static ReadOnlySpan<byte> Utf8Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>The format that <paramref name="report"/> can only be in.</summary>
    public static ReportFormat Detect(ReadOnlySpan<byte> report)
    {
        // XML 1.0, appendix F: UTF-16 shows in a byte order mark or in the first angle bracket.
        if (report is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'<', 0, ..] or [0, (byte)'<', ..]) return ReportFormat.Xml;
        var text = WithoutBom(report).Trim(" \t\r\n"u8);
        if (text.IsEmpty) return ReportFormat.Empty;
        return text[0] switch
        {
            (byte)'<' => ReportFormat.Xml,
            (byte)'{' or (byte)'[' => ReportFormat.Json,
            _ => text.SequenceEqual("null"u8) ? ReportFormat.Json : ReportFormat.Text,
        };
    }

    /// <summary>The report without a leading UTF-8 byte order mark, which RFC 8259 (section 8.1) lets a parser ignore.</summary>
    public static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> report) => report.Span.StartsWith(Utf8Bom) ? report[Utf8Bom.Length..] : report;

    private static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> report) => report.StartsWith(Utf8Bom) ? report[Utf8Bom.Length..] : report;
}
