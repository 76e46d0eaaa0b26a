"""Numbers in bulk: sums, spreads, distributions, random numbers, regressions."""
