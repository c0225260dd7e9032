using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Intake.Readers;

/// <summary>The units' names as they are written.</summary>
[JsonSerializable(typeof(Unit))]
internal sealed partial class UnitNames : JsonSerializerContext;
