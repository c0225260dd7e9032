namespace Ledger.Domain.Policies;
/// <summary>x</summary>
public static class PolicyJson {
/// <summary>x</summary>
 public static PolicyReading Read(System.Text.Json.JsonElement json) => new PolicyReading.Success(System.Text.Json.JsonSerializer.Deserialize<Policy>(json)!);
/// <summary>x</summary>
 public static byte[] Write(Policy policy) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(policy);
 }
