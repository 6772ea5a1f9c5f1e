"""What `benchmarks.speed` times: commands in processes of their own, the plain pipeline, synthetic documents."""
