"""Simulated people who talk to the assistant: `make simulate N=500 SEED=1`."""
