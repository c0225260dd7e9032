using System.Text.Json.Serialization;

namespace Ledger.Intake.Redaction;

/// <summary>Writes JSON strings.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class JsonStrings : JsonSerializerContext;
