namespace Ledger.Cli.Output;

/// <summary>What a piece of text means to its reader; a terminal shows it as colour, where colour is wanted.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Quiet,
    Good,
    Bad,
    Waiting,
}
