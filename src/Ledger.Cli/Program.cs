using Ledger.Cli;

return await CommandLine.RunAsync(args, Surroundings.OfProcess()).ConfigureAwait(false);
