-- From here on a row of failed measurements goes on from a step into the next, and a measurement of the moment between two steps counts in one of them. What
-- deployments come to is folded anew from their events, by the program that applies this file and in the same transaction: nobody writes it meanwhile.

lock table ledger_deployments in exclusive mode;
