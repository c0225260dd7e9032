-- A value says which kind it is of, and the planner takes the two for independent of one another: for a term that half of all releases have it expects a few
-- hundred, and then reads all of them to sort them. Told how often they come together, it begins where the page does and ends when the page is full.
-- Only analysing counts them: an append pays nothing.
create statistics ledger_terms_together (mcv) on kind, value from ledger_terms;
analyze ledger_terms;
