"""Is it any good? Evaluation runs, still to come; retrieval is measured in tests/benchmarks."""
