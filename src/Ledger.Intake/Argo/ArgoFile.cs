namespace Ledger.Intake.Argo;

/// <summary>What a file of Argo objects says, and what to keep of it.</summary>
/// <param name="Objects">At least one, in the order of the file.</param>
/// <param name="OtherKinds">Kinds in the file that say nothing about a release, sorted, each once.</param>
/// <param name="Redactions">How many pieces of personal data or secrets were replaced.</param>
/// <param name="Bytes">What to keep: the very bytes that came where nothing was replaced, the equivalent JSON otherwise.</param>
/// <param name="MediaType">The media type of <paramref name="Bytes"/>.</param>
public sealed record ArgoFile(IReadOnlyList<ArgoObject> Objects, IReadOnlyList<string> OtherKinds, int Redactions, ReadOnlyMemory<byte> Bytes, string MediaType);
