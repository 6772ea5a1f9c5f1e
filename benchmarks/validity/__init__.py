"""Parts of ``python -m benchmarks.agreement``: how well levels agree with the reference levels."""
