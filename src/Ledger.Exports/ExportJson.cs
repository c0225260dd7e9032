using System.Text.Json.Serialization;
using Ledger.Domain.Releases;
using Ledger.Exports.Controls;
using Ledger.Exports.Periods;

namespace Ledger.Exports;

/// <summary>Serialisers made at compile time for the files of bundles that are not the domain's. Thread-safe.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Evidence[]))]
[JsonSerializable(typeof(ControlMapping))]
[JsonSerializable(typeof(Population))]
[JsonSerializable(typeof(PeriodRange))]
internal sealed partial class ExportJson : JsonSerializerContext;
