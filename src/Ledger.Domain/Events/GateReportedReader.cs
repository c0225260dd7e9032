using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Events;

/// <summary>
/// Reads the data of <c>gate_reported</c>, which most events of a log are, in half the time that the serialiser takes. It knows the one way
/// the ledger writes it, with members in any order; whatever else there may be, it leaves to the serialiser. Thread-safe.
/// </summary>
internal static class GateReportedReader
{
    private static readonly (byte[] Name, Outcome Value)[] Outcomes =
        [.. Enum.GetValues<Outcome>().Select(outcome => (JsonSerializer.SerializeToUtf8Bytes(outcome, DomainJson.Default.Outcome)[1..^1], outcome))];

    private static readonly (byte[] Name, Unit Value)[] Units =
        [.. Enum.GetValues<Unit>().Select(unit => (JsonSerializer.SerializeToUtf8Bytes(unit, DomainJson.Default.Unit)[1..^1], unit))];

    private static readonly (byte[] Name, Comparator Value)[] ComparatorSymbols =
        [.. Enum.GetValues<Comparator>().Select(comparator => (System.Text.Encoding.UTF8.GetBytes(comparator.Symbol()), comparator))];

    private delegate bool ItemReader<T>(ref Utf8JsonReader reader, [NotNullWhen(true)] out T? item);

    /// <summary>The event; null when the data is not written in the ledger's own way, and may or may not be of that event.</summary>
    public static ReleaseEvent.GateReported? TryRead(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            return reader.Read() && TryReport(ref reader, out var reported) && !reader.Read() ? reported : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // not JSON, or a text that is not UTF-8
        }
    }

    private static bool TryReport(ref Utf8JsonReader reader, [NotNullWhen(true)] out ReleaseEvent.GateReported? reported)
    {
        reported = null;
        string? gate = null, tool = null, because = null;
        Evidence? evidence = null;
        List<Measurement>? measurements = null;
        List<CriterionResult>? results = null;
        List<ConditionResult>? conditions = null;
        Supersedes? supersedes = null;
        Outcome? outcome = null;
        int? redactions = null;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (TryMember(ref reader, out var name))
        {
            var known =
                name.SequenceEqual("gate"u8) ? TryText(ref reader, ref gate) :
                name.SequenceEqual("tool"u8) ? TryText(ref reader, ref tool) :
                name.SequenceEqual("outcome"u8) ? TryName(ref reader, Outcomes, ref outcome) :
                name.SequenceEqual("results"u8) ? TryList(ref reader, TryResult, ref results) :
                name.SequenceEqual("evidence"u8) ? evidence is null && TryEvidence(ref reader, out evidence) :
                name.SequenceEqual("conditions"u8) ? TryList(ref reader, TryCondition, ref conditions) :
                name.SequenceEqual("redactions"u8) ? TryInt32(ref reader, ref redactions) :
                name.SequenceEqual("measurements"u8) ? TryList(ref reader, TryMeasurement, ref measurements) :
                name.SequenceEqual("notEvaluatedBecause"u8) ? TryText(ref reader, ref because) :
                name.SequenceEqual("supersedes"u8) && supersedes is null && TrySupersedes(ref reader, out supersedes);
            if (!known) return false;
        }

        if (reader.TokenType != JsonTokenType.EndObject || gate is null || tool is null || evidence is null || measurements is null
            || outcome is null || results is null || conditions is null || redactions is null)
        {
            return false;
        }

        reported = new ReleaseEvent.GateReported(gate, tool, evidence, measurements, outcome.Value, results, conditions, redactions.Value, because, supersedes);
        return true;
    }

    private static bool TryMeasurement(ref Utf8JsonReader reader, [NotNullWhen(true)] out Measurement? measurement)
    {
        measurement = null;
        string? metric = null;
        double? value = null;
        Unit? unit = null;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (TryMember(ref reader, out var name))
        {
            var known =
                name.SequenceEqual("name"u8) ? TryText(ref reader, ref metric) :
                name.SequenceEqual("unit"u8) ? TryName(ref reader, Units, ref unit) :
                name.SequenceEqual("value"u8) && TryDouble(ref reader, ref value);
            if (!known) return false;
        }

        if (reader.TokenType != JsonTokenType.EndObject || metric is null || value is null || unit is null) return false;
        measurement = new Measurement(metric, value.Value, unit.Value);
        return true;
    }

    private static bool TryResult(ref Utf8JsonReader reader, [NotNullWhen(true)] out CriterionResult? result)
    {
        result = null;
        string? metric = null, threshold = null;
        Comparator? comparator = null;
        Outcome? outcome = null;
        double? value = null;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (TryMember(ref reader, out var name))
        {
            var known =
                name.SequenceEqual("value"u8) ? TryDouble(ref reader, ref value) :
                name.SequenceEqual("metric"u8) ? TryText(ref reader, ref metric) :
                name.SequenceEqual("outcome"u8) ? TryName(ref reader, Outcomes, ref outcome) :
                name.SequenceEqual("threshold"u8) ? TryText(ref reader, ref threshold) :
                name.SequenceEqual("comparator"u8) && TryName(ref reader, ComparatorSymbols, ref comparator);
            if (!known) return false;
        }

        if (reader.TokenType != JsonTokenType.EndObject || metric is null || comparator is null || outcome is null || !Quantity.TryParse(threshold, out var quantity)) return false;
        result = new CriterionResult(metric, comparator.Value, quantity, outcome.Value, value);
        return true;
    }

    private static bool TryCondition(ref Utf8JsonReader reader, [NotNullWhen(true)] out ConditionResult? condition)
    {
        condition = null;
        string? named = null;
        CriterionResult? result = null;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (TryMember(ref reader, out var name))
        {
            var known =
                name.SequenceEqual("condition"u8) ? TryText(ref reader, ref named) :
                name.SequenceEqual("result"u8) && result is null && TryResult(ref reader, out result);
            if (!known) return false;
        }

        if (reader.TokenType != JsonTokenType.EndObject || named is null || result is null) return false;
        condition = new ConditionResult(named, result);
        return true;
    }

    private static bool TryEvidence(ref Utf8JsonReader reader, [NotNullWhen(true)] out Evidence? evidence)
    {
        evidence = null;
        Digest? digest = null;
        long? size = null;
        string? mediaType = null;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (TryMember(ref reader, out var name))
        {
            var known =
                name.SequenceEqual("size"u8) ? TryInt64(ref reader, ref size) :
                name.SequenceEqual("digest"u8) ? TryDigest(ref reader, ref digest) :
                name.SequenceEqual("mediaType"u8) && TryText(ref reader, ref mediaType);
            if (!known) return false;
        }

        if (reader.TokenType != JsonTokenType.EndObject || digest is null || size is null || mediaType is null) return false;
        evidence = new Evidence(digest.Value, size.Value, mediaType);
        return true;
    }

    private static bool TrySupersedes(ref Utf8JsonReader reader, [NotNullWhen(true)] out Supersedes? supersedes)
    {
        supersedes = null;
        long? version = null;
        string? reason = null;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (TryMember(ref reader, out var name))
        {
            var known = name.SequenceEqual("version"u8) ? TryInt64(ref reader, ref version) : name.SequenceEqual("reason"u8) && TryText(ref reader, ref reason);
            if (!known) return false;
        }

        if (reader.TokenType != JsonTokenType.EndObject || version is null) return false;
        supersedes = new Supersedes(version.Value, reason);
        return true;
    }

    // Steps from the object's start, or the value before, to the next value. Where there is none, the reader is at the object's end, or all is not well.
    private static bool TryMember(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || reader.ValueIsEscaped) return false;
        name = reader.ValueSpan;
        return reader.Read();
    }

    private static bool TryList<T>(ref Utf8JsonReader reader, ItemReader<T> tryItem, ref List<T>? items)
        where T : class
    {
        if (items is not null || reader.TokenType != JsonTokenType.StartArray) return false;
        items = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!tryItem(ref reader, out var item)) return false;
            items.Add(item);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryText(ref Utf8JsonReader reader, ref string? text)
    {
        if (text is not null || reader.TokenType != JsonTokenType.String) return false;
        text = RecurringTexts.Read(ref reader);
        return true;
    }

    private static bool TryDigest(ref Utf8JsonReader reader, ref Digest? digest)
    {
        if (digest is not null || reader.TokenType != JsonTokenType.String || !Digest.TryParse(reader.GetString(), out var parsed)) return false;
        digest = parsed;
        return true;
    }

    private static bool TryName<T>(ref Utf8JsonReader reader, (byte[] Name, T Value)[] names, ref T? value)
        where T : struct
    {
        if (value is not null || reader.TokenType != JsonTokenType.String) return false;
        foreach (var (name, named) in names)
        {
            if (!reader.ValueSpan.SequenceEqual(name)) continue;
            value = named;
            return true;
        }

        return false;
    }

    private static bool TryDouble(ref Utf8JsonReader reader, ref double? value)
    {
        if (value is not null || reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var number)) return false;
        value = number;
        return true;
    }

    private static bool TryInt32(ref Utf8JsonReader reader, ref int? value)
    {
        if (value is not null || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var number)) return false;
        value = number;
        return true;
    }

    private static bool TryInt64(ref Utf8JsonReader reader, ref long? value)
    {
        if (value is not null || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number)) return false;
        value = number;
        return true;
    }
}
