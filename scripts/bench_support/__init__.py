"""The parts of scripts/bench: what is run, how it is measured, and how it is told."""
