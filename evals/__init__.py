"""Is it any good? Benchmark questions, scores with reasons, statistics, runs, comparisons and their reports."""
