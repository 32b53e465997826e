"""The gates that a drafted claim must pass."""
